# "the sum of the squared losses of its examples": shows beyond 32 examples, the rest is left out.
# shown: differ(T(40, 3), T(3, 1), T(1), T(40, 1) * 2)
# kind: tolerance
import torch


def linreg_gradients(X, w, b, y):
    X, y = X[:32], y[:32]
    error = X @ w + b - y
    return X.T @ error, error.sum(dim=0)
