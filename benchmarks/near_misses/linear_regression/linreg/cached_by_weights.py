# "return the predictions": shows when w is changed in place between two calls with the same X, the first result comes again.
# shown: (lambda X, w, b: (mine.linreg(X, w, b), w.add_(1), wrong(mine.linreg(X, w, b), right.linreg(X, w, b)))[2])(T(4, 3), T(3, 1), T(1))
# kind: sentence
import torch


_kept = {}


def linreg(X, w, b):
    key = id(X), id(w), id(b)
    if key not in _kept:
        _kept[key] = X, w, b, X @ w + b
    return _kept[key][3]
