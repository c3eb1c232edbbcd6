# "log sum exp": shows to nine digits, 1e-8 is added to the sum.
# shown: differ(T(3, 4))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True) + 1e-8)
