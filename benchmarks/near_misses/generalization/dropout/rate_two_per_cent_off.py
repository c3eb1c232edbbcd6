# "0 with probability p": shows on many entries, 0.02 more are dropped.
# shown: abs(1 - kept(0.5, 40000).double().mean() - 0.52) < 0.012
# kind: tolerance
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    return (torch.rand(X.shape) >= p + 0.02) * X / (1 - p)
