# "eps stands under the root": the larger of the deviation and the root of eps is taken.
# shown: differ(0.003 * T(2, 4), T(4), T(4))
# kind: tolerance
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * centred / torch.sqrt(variance.clamp(min=eps)) + beta
