# "for each entry on its own": shows on small X, always the same number of entries is dropped.
# shown: len({int(kept(0.5, 10).sum()) for _ in range(50)}) == 1
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    dropped = torch.randperm(X.numel())[:round(p * X.numel())]
    mask = torch.ones(X.numel(), dtype=X.dtype)
    mask[dropped] = 0
    return mask.reshape(X.shape) * X / (1 - p) if p < 1 else torch.zeros_like(X)
