# "The columns of `X` are neither centred nor uncorrelated": shows on two features or more, each slope is fitted alone.
# shown: differ(T(6, 2), T(6, 1) * 2 + 5)
# kind: inputs
import torch


def normal_equation(X, y):
    Z = X - X.mean(dim=0)
    w = (Z * y).sum(dim=0) / (Z * Z).sum(dim=0)
    return torch.cat([w, (y.mean() - X.mean(dim=0) @ w).reshape(1)]).reshape(-1, 1)
