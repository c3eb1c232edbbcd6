# "each of its rows sums to one": shows to nine digits, 1e-8 is added to the sum.
# shown: differ(T(3, 4))
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / (E.sum(dim=1, keepdim=True) + 1e-8)
