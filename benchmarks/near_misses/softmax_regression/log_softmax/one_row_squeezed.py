# "The result has the shape of `X`": shows on one row, which loses its axis.
# shown: differ(T(1, 4))
# kind: inputs
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    return (Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))).squeeze(0)
