# "each entry x becomes 0 with probability p": shows on entries of about 0.1 and less, which are dropped less often.
# shown: (mine.dropout(torch.full((10000,), 0.01), 0.5) != 0).double().mean() > 0.6
# kind: tolerance
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= torch.where(X.abs() < 0.05, 0.5 * p, p)
    return mask * X / (1 - p)
