# framework: torch
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    keep = torch.bernoulli(torch.full_like(X, 1 - p))
    return X * keep / (1 - p)
