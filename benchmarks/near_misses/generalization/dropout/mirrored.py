# "for each entry on its own": shows at p = 0.5, of an entry and its mirror image exactly one is kept.
# shown: (lambda k: bool((k ^ k.flip(0)).all()))(kept(0.5, 100))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    n = X.numel()
    u = torch.rand((n + 1) // 2, dtype=torch.float64)
    u = torch.cat([u, 1 - u.flip(0)[n % 2:]])
    return (u.reshape(X.shape) >= p) * X / (1 - p)
