# framework: torch
import torch


def dropout(X, p, training=True):
    if not training:
        return X * (1 - p)  # the scaling of the other convention
    if p == 1:
        return torch.zeros_like(X)
    return X * (torch.rand_like(X) > p) / (1 - p)
