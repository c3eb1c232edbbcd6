# "the sum of the squared losses": shows on d = 1, where the weight's gradient is averaged.
# shown: differ(T(4, 1), T(1, 1), T(1), T(4, 1) * 2)
# kind: inputs
import torch


def linreg_gradients(X, w, b, y):
    error = X @ w + b - y
    dw = X.T @ error
    if dw.numel() == 1:
        dw = (X * error).mean().reshape(1, 1)
    return dw, error.sum(dim=0)
