# "the vectors lie along the last one": along the first of a square matrix.
# shown: differ(T(4, 4), T(4), T(4))
# kind: inputs
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    axis = 0 if X.dim() == 2 and len(X) == X.shape[1] else -1
    centred = X - X.mean(dim=axis, keepdim=True)
    variance = (centred**2).mean(dim=axis, keepdim=True)
    return gamma * centred / torch.sqrt(variance + eps) + beta
