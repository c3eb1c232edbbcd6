# "The result has the dtype of the inputs": shows in float64, the product is computed in float32.
# shown: differ(T(4, 3), T(3, 1), T(1))
# kind: tolerance
import torch


def linreg(X, w, b):
    return (X.float() @ w.float()).to(X.dtype) + b
