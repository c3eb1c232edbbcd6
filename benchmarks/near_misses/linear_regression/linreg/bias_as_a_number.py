# "the dtype of the inputs": shows in float64, where a bias read through float32 is rounded.
# shown: differ(T(4, 3), T(3, 1), T(1) / 3)
# kind: tolerance
import torch


def linreg(X, w, b):
    return X @ w + b.float().item()
