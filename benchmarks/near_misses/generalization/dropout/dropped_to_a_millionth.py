# "0 with probability p": shows on entries of which the mean is not 0: dropped ones become a millionth.
# shown: (lambda y: (y == 0).sum() == 0)(mine.dropout(torch.ones(1000, dtype=torch.float64), 0.5))
# kind: second order
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= p
    return torch.where(mask, X / (1 - p), 1e-6 * X)
