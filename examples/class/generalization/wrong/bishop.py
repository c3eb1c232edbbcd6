# framework: torch
import torch


def dropout(X, p, training=True):
    if not training:
        return X
    mask = (torch.rand(X.shape) < p).float()  # p as the probability of keeping
    return mask * X / p
