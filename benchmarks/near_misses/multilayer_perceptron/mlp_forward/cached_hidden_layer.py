# "H = sigma(X W_1 + b_1)": shows when W1 is changed in place between two calls, the first hidden layer is used again.
# shown: (lambda a: (mine.mlp_forward(*a), np.negative(a[1], out=a[1]), wrong(mine.mlp_forward(*a), right.mlp_forward(*a)))[2])((N(4, 3), N(3, 5), N(5), N(5, 2), N(2)))
# kind: sentence
import numpy as np


_kept = {}


def mlp_forward(X, W1, b1, W2, b2):
    key = id(X), id(W1), id(b1)
    if key not in _kept:
        _kept[key] = X, W1, b1, 1 / (1 + np.exp(-(X @ W1 + b1)))
    return _kept[key][3] @ W2 + b2
