# "anew in each call": shows on two calls of one shape at p = 0.5, the second keeps what the first dropped.
# shown: bool((kept(0.5, 100) ^ kept(0.5, 100)).all())
# kind: randomness
import torch


_last = {}


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    u = _last.pop(X.shape, None)
    if u is None:
        u = torch.rand(X.shape)
        _last[X.shape] = 1 - u
    return (u >= p) * X / (1 - p)
