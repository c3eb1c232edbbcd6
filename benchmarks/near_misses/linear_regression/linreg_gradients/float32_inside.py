# "both with the dtype of the inputs": shows in float64, the error is computed in float32.
# shown: differ(T(4, 3), T(3, 1), T(1), T(4, 1) * 2)
# kind: tolerance
import torch


def linreg_gradients(X, w, b, y):
    error = (X.float() @ w.float() + b.float() - y.float()).to(X.dtype)
    return X.T @ error, error.sum(dim=0)
