# "Return the softmax of every row of `X`": shows when X is changed in place between two calls, the first result comes again.
# shown: (lambda X: (mine.softmax(X), X.mul_(3), wrong(mine.softmax(X), right.softmax(X)))[2])(T(3, 4))
# kind: sentence
import torch


_kept = {}


def softmax(X):
    if id(X) not in _kept:
        E = torch.exp(X - X.amax(dim=1, keepdim=True))
        _kept[id(X)] = X, E / E.sum(dim=1, keepdim=True)
    return _kept[id(X)][1]
