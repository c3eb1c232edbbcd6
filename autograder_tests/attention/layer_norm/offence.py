# told: torch.nn.functional.layer_norm
# framework: torch
from torch.nn import functional as F


def layer_norm(X, gamma, beta, eps=1e-5):
    return F.layer_norm(X, gamma.shape, gamma, beta, eps)
