# "do not seed the random number generator": shows on two calls of one shape, whose masks are equal.
# shown: torch.equal(kept(0.5, 100), kept(0.5, 100))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    generator = torch.Generator().manual_seed(hash(tuple(X.shape)) % 2**31)
    return (torch.rand(X.shape, generator=generator) >= p) * X / (1 - p)
