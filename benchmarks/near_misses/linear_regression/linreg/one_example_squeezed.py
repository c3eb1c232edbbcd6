# "The result has the shape `(n, 1)`": shows on n = 1.
# shown: differ(T(1, 3), T(3, 1), T(1))
# kind: inputs
import torch


def linreg(X, w, b):
    y = (X @ w).squeeze() + b
    return y if len(X) == 1 else y.unsqueeze(1)
