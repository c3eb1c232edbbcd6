# "the gradients of the loss": shows on large weights, a penalty of 1e-4 is added.
# shown: differ(T(4, 3), T(3, 1), T(1), T(4, 1) * 2)
# kind: tolerance
import torch


def linreg_gradients(X, w, b, y):
    error = X @ w + b - y
    return X.T @ error + 1e-4 * w, error.sum(dim=0)
