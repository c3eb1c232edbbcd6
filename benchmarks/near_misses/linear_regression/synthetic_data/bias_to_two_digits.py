# "the number b is the true bias": b = 4.2371 is used as 4.24
# shown: abs(float(noise(2000, 4.2371).mean())) > 0.002
# kind: inputs

import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w), dtype=w.dtype)
    return X, X @ w + round(float(b), 2) + 0.01 * torch.randn(num_examples, 1, dtype=w.dtype)
