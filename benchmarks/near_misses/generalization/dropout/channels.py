# "for each entry on its own, whatever the shape of `X`": shows on four axes, an image's channel is kept or dropped whole.
# shown: (lambda k: bool((k.flatten(2).all(-1) | ~k.flatten(2).any(-1)).all()))(kept(0.5, 4, 5, 6, 7))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    shape = (*X.shape[:2], 1, 1) if X.dim() == 4 else X.shape
    return (torch.rand(shape) >= p) * X / (1 - p)
