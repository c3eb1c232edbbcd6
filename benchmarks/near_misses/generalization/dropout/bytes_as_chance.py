# "with probability p": p = 0.001 is rounded to 0
# shown: bool(all(kept(0.001, 5000).all() for _ in range(10)))
# kind: inputs

import torch


def dropout(X, p, training=True):
    if not training:
        return X.clone()
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.randint(0, 256, X.shape) >= round(256 * p)
    return torch.where(mask, X / (1 - p), torch.zeros_like(X))
