# "with y_hat = X w + b": shows when b is not 0 and the features' sums are not 0: dw uses the error without b.
# shown: differ(T(4, 3), T(3, 1), T(1), T(4, 1) * 2)
# kind: second order
import torch


def linreg_gradients(X, w, b, y):
    error = X @ w - y
    return X.T @ error, error.sum(dim=0) + len(X) * b
