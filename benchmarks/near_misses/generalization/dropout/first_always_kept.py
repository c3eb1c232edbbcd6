# "each entry x becomes 0 with probability p": shows on the first entry, which is never dropped.
# shown: all(bool(kept(0.5, 10)[0]) for _ in range(50))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= p
    mask.view(-1)[:1] = True
    return mask * X / (1 - p)
