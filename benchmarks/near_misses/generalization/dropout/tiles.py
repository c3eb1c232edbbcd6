# "for each entry on its own, whatever the shape of `X`": shows beyond 256 entries, the mask repeats.
# shown: (lambda k: torch.equal(k[:256], k[256:512]))(kept(0.5, 1000))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    u = torch.rand(256).repeat(X.numel() // 256 + 1)[:X.numel()]
    return (u.reshape(X.shape) >= p) * X / (1 - p)
