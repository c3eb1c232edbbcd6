# "for each entry on its own, whatever the shape of `X`": shows on three axes, the first one shares its mask.
# shown: (lambda k: bool((k.all(0) | ~k.any(0)).all()))(kept(0.5, 4, 5, 6))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape[1:] if X.dim() == 3 else X.shape) >= p
    return mask * X / (1 - p)
