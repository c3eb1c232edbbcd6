# framework: torch
import torch


def dropout(X, p, training=True):
    if not training:
        return X
    dropped = torch.empty_like(X).uniform_() < p
    scale = 0.0 if p == 1 else 1 / (1 - p)
    return torch.where(dropped, torch.zeros_like(X), X * scale)
