# "of shape `(1,)`": shows on n = 1, where the bias's gradient is `(1, 1)`.
# shown: differ(T(1, 3), T(3, 1), T(1), T(1, 1) * 2)
# kind: inputs
import torch


def linreg_gradients(X, w, b, y):
    error = X @ w + b - y
    return X.T @ error, error if len(X) == 1 else error.sum(dim=0)
