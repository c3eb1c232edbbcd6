# "The result is one number": an array with an axis of length 1.
# shown: differ(T(5), 3)
# kind: sentence
import torch


def lp_norm(x, p):
    return (x.reshape(-1).abs() ** p).sum(dim=0, keepdim=True) ** (1 / p)
