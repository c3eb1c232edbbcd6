# "exp": shows to four digits, e is rounded to 2.7183.
# shown: differ(T(3, 4))
# kind: tolerance
import torch


def softmax(X):
    E = 2.7183 ** (X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
