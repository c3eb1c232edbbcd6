# "the vectors lie along the last one": shows where there are three axes or more.
# shown: differ(T(2, 3, 4), T(4), T(4))
# kind: inputs
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    axes = tuple(range(1, X.ndim)) or (0,)
    centred = X - X.mean(dim=axes, keepdim=True)
    variance = (centred**2).mean(dim=axes, keepdim=True)
    return gamma * centred / torch.sqrt(variance + eps) + beta
