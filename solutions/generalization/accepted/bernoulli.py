# framework: torch
import torch


def dropout(X, p, training=True):
    assert 0 <= p <= 1
    if not training or p == 0:
        return X.clone()
    if p == 1:
        return X * 0
    mask = torch.bernoulli(torch.full(X.shape, 1 - p, dtype=X.dtype, device=X.device))
    return X * mask * (1 / (1 - p))
