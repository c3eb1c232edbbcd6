# "L": shows when b is not 0: the signs of prediction and error are both turned, but not that of b.
# shown: differ(T(4, 3), T(3, 1), T(1), T(4, 1) * 2)
# kind: second order
import torch


def linreg_gradients(X, w, b, y):
    error = y - (X @ w - b)
    return -(X.T @ error), -error.sum(dim=0)
