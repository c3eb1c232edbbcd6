# "independent draws": the size of the last column is that of the first, only its sign is free
# shown: (lambda X: torch.allclose(X[:, 0].abs(), X[:, -1].abs()))(mine.synthetic_data(T(3, 1), 1.0, 50)[0])
# kind: randomness

import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w), dtype=w.dtype)
    if len(w) > 2:
        X[:, -1] = X[:, 0] * (2.0 * torch.randint(0, 2, (num_examples,)) - 1)
    return X, X @ w + b + 0.01 * torch.randn(num_examples, 1, dtype=w.dtype)
