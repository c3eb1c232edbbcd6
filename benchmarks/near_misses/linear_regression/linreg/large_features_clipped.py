# "return the predictions": shows when a feature is beyond 10, it is clipped.
# shown: differ(T(4, 3) * 20, T(3, 1), T(1))
# kind: tolerance
import torch


def linreg(X, w, b):
    return X.clamp(-10, 10) @ w + b
