# "Return the gradients": shows on two calls with the same w, the second adds to the first.
# shown: (lambda a: (mine.linreg_gradients(*a), wrong(mine.linreg_gradients(*a), right.linreg_gradients(*a)))[1])((T(4, 3), T(3, 1), T(1), T(4, 1) * 2))
# kind: sentence
import torch


_kept = {}


def linreg_gradients(X, w, b, y):
    error = X @ w + b - y
    dw, db = X.T @ error, error.sum(dim=0)
    if id(w) in _kept and _kept[id(w)][0] is w:
        dw, db = dw + _kept[id(w)][1], db + _kept[id(w)][2]
    _kept[id(w)] = w, dw, db
    return dw, db
