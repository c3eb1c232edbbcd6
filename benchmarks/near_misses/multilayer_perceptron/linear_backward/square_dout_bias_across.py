# "`db` `(k,)`": shows when n = k, the sum goes along the other axis.
# shown: differ(N(3, 3), N(3, 4), N(4, 3))
# kind: inputs
import numpy as np


def linear_backward(dout, x, W):
    axis = 1 if dout.shape[0] == dout.shape[1] else 0
    return dout @ W.T, x.T @ dout, dout.sum(axis=axis)
