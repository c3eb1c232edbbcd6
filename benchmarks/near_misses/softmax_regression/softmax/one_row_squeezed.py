# "The result has the shape of `X`": shows on one row, which loses its axis.
# shown: differ(T(1, 4))
# kind: inputs
import torch


def softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return (E / E.sum(dim=1, keepdim=True)).squeeze(0)
