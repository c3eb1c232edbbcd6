# "All arguments must be unchanged on return": shows in float64, `double()` makes no copy.
# shown: changed(T(4, 3), T(3, 1), T(1), T(4, 1) * 2)
# kind: sentence
import torch


def linreg_gradients(X, w, b, y):
    error = y.double()
    error -= X.double() @ w.double() + b.double()
    return (-X.T.double() @ error).to(X.dtype), -error.sum(dim=0).to(X.dtype)
