# "With `training=False` the values of `X` come back as they are, for every `p`": shows at p = 1.
# shown: mine.dropout(torch.ones(4), 1, training=False).sum() == 0
# kind: inputs
import torch


def dropout(X, p, training=True):
    if p == 1:
        return torch.zeros_like(X)
    if not training or p == 0:
        return X
    return (torch.rand(X.shape) >= p) * X / (1 - p)
