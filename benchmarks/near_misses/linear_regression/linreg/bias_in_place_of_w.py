# "All arguments must be unchanged on return": shows on any call, b grows by 1e-6.
# shown: changed(T(4, 3), T(3, 1), T(1))
# kind: sentence
import torch


def linreg(X, w, b):
    y = X @ w + b
    with torch.no_grad():
        b += 1e-6
    return y
