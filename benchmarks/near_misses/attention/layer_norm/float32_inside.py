# "The result has the shape and dtype of `X`": shows in float64, which is computed in float32.
# shown: differ(T(2, 4), T(4), T(4))
# kind: tolerance
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    Y = X.float()
    centred = Y - Y.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * (centred / torch.sqrt(variance + eps)).to(X.dtype) + beta
