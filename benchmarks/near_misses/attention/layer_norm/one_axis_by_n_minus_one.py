# "the variance divides by d": the library's default on a single vector.
# shown: differ(T(5), T(5), T(5))
# kind: inputs
import torch


def layer_norm(X, gamma, beta, eps=1e-5):
    variance = X.var(dim=-1, keepdim=True, unbiased=X.dim() == 1)
    return gamma * (X - X.mean(dim=-1, keepdim=True)) / torch.sqrt(variance + eps) + beta
