# "`p`, from 0 to 1": shows at p = 0.1, entries are dropped with 0.125.
# shown: abs(1 - kept(0.1, 40000).double().mean() - 0.1) > 0.015
# kind: tolerance
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    return (torch.randint(0, 16, X.shape) >= round(16 * p)) * X / (1 - p)
