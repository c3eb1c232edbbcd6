# "anew in each call": shows on two calls of one shape, the second mask is the first moved by one.
# shown: (lambda a, b: torch.equal(a.roll(1), b))(kept(0.5, 100), kept(0.5, 100))
# kind: randomness
import torch


_last = {}


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    u = _last.get(X.shape)
    u = torch.rand(X.numel()) if u is None else u.roll(1)
    _last[X.shape] = u
    return (u.reshape(X.shape) >= p) * X / (1 - p)
