# "a tensor of any shape": shows on a tensor without axes.
# shown: raises(lambda: mine.dropout(T(), 0.5))
# kind: inputs
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.stack([torch.rand(X.shape[1:]) for _ in range(X.shape[0])]) >= p
    return mask * X / (1 - p)
