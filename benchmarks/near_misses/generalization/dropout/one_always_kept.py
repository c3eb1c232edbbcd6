# "for each entry on its own": shows on a single entry, which is never dropped.
# shown: all(bool(kept(0.5, 1).all()) for _ in range(50))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= p
    while X.numel() and not mask.any():
        mask = torch.rand(X.shape) >= p
    return mask * X / (1 - p)
