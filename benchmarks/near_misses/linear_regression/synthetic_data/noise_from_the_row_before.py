# "each example has a noise of its own, drawn independently": the noise is the feature of the row before
# shown: (lambda X, y: float(torch.corrcoef(torch.stack([X[:, 0].roll(1), (y - X @ T(2, 1) - 1)[:, 0]]))[0, 1]) > 0.9)(*mine.synthetic_data(T(2, 1), 1.0, 500))
# kind: randomness

import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w), dtype=w.dtype)
    return X, X @ w + b + 0.01 * X[:, :1].roll(1, dims=0)
