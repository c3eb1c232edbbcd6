# "`dx` `(n, d)`": shows on n = 1, dx loses an axis.
# shown: differ(N(1, 2), N(1, 3), N(3, 2))
# kind: inputs
import numpy as np


def linear_backward(dout, x, W):
    dx = dout @ W.T
    return dx[0] if len(x) == 1 else dx, x.T @ dout, dout.sum(axis=0)
