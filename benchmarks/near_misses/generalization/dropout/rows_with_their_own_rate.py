# "for each entry on its own": shows on many long rows, the rate varies from row to row.
# shown: (lambda k: k.double().mean(1).std() > 0.1)(kept(0.5, 50, 400))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    spread = min(p, 1 - p)
    rate = p + spread * (torch.rand(X.shape[:1] + (1,) * (X.dim() - 1)) - 0.5)
    return (torch.rand(X.shape) >= rate) * X / (1 - p)
