# "the gradients of the loss": shows where an error is beyond 10, it is clipped.
# shown: differ(T(4, 3), T(3, 1), T(1), T(4, 1) * 30)
# kind: tolerance
import torch


def linreg_gradients(X, w, b, y):
    error = (X @ w + b - y).clamp(-10, 10)
    return X.T @ error, error.sum(dim=0)
