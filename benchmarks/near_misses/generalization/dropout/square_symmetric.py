# "for each entry on its own, whatever the shape of `X`": shows on square X, the mask is symmetric.
# shown: (lambda k: bool((k == k.T).all()))(kept(0.5, 8, 8))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    u = torch.rand(X.shape)
    if X.dim() == 2 and len(X) == X.shape[1]:
        u = u.triu() + u.triu(1).T
    return (u >= p) * X / (1 - p)
