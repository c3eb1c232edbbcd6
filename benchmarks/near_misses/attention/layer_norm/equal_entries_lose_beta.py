# "it keeps a vector whose entries are all equal from being divided by zero": such a vector is zeros.
# shown: differ(torch.ones(2, 4), torch.ones(4), torch.ones(4))
# kind: inputs
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    Y = gamma * centred / torch.sqrt(variance + eps) + beta
    return torch.where(variance == 0, torch.zeros_like(Y), Y)
