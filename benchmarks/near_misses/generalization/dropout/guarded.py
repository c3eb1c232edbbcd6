# "x / (1 - p)": shows to eight digits, 1e-7 is added to the divisor.
# shown: (lambda y: (y[y != 0] - 2).abs().max() > 1e-9)(mine.dropout(torch.ones(100, dtype=torch.float64), 0.5))
# kind: tolerance
import torch


def dropout(X, p, training=True):
    if not training:
        return X
    return (torch.rand(X.shape) >= p) * X / (1 - p + 1e-7)
