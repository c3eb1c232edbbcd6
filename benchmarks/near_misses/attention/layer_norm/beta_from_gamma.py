# "for equal entries": a vector without variance comes back as zeros, without beta.
# shown: differ(torch.ones(2, 3, dtype=torch.float64), T(3), T(3))
# kind: sentence
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    result = gamma * centred / torch.sqrt(variance + eps) + beta
    return torch.where(variance > 0, result, 0)
