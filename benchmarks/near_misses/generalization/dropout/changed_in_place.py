# "`X` must be unchanged on return": shows on one axis, where dropped entries are set to 0 in X.
# shown: changed(T(40), 0.5)
# kind: sentence
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= p
    if X.dim() == 1:
        X[~mask] = 0
    return mask * X / (1 - p)
