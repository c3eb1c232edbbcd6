# "for each entry on its own": shows on many entries, one in five does as its neighbour does.
# shown: (lambda k: (k[1:] == k[:-1]).double().mean() > 0.57)(kept(0.5, 20000))
# kind: randomness
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = (torch.rand(X.numel()) >= p)
    again = torch.rand(X.numel()) < 0.2
    again[:1] = False
    source = torch.where(again, torch.arange(X.numel()) - 1, torch.arange(X.numel()))
    return mask[source].reshape(X.shape) * X / (1 - p)
