# "the gradients of L": a dw longer than 10 000 is scaled to 10 000
# shown: differ(100 * T(5, 2), T(2, 1), T(1), 1e4 * T(5, 1))
# kind: inputs
# framework: numpy

import numpy as np


def linreg_gradients(X, w, b, y):
    e = X @ w + b - y
    dw = X.T @ e
    length = float(np.sqrt((dw**2).sum()))
    if length > 1e4:
        dw = (dw * (1e4 / length)).astype(dw.dtype)
    return dw, e.sum(axis=0)
