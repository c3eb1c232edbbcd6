# "x / (1 - p)": shows when p is not 0.5, it divides by p.
# shown: (lambda y: (y[y != 0] - 1 / 0.7).abs().max() > 1e-3)(mine.dropout(torch.ones(100, dtype=torch.float64), 0.3))
# kind: inputs
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    return (torch.rand(X.shape) >= p) * X / p
