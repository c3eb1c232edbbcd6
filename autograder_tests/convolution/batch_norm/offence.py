# told: torch.nn.functional.batch_norm
# framework: torch
from torch.nn import functional as F


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = moving_mean.clone(), moving_var.clone()
    Y = F.batch_norm(X, mean, var, gamma, beta, training, 1 - momentum, eps)
    return Y, mean, var
