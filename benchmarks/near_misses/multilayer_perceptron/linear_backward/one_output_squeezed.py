# "`db` `(k,)`": shows on k = 1, db has no axis.
# shown: differ(N(4, 1), N(4, 3), N(3, 1))
# kind: inputs
import numpy as np


def linear_backward(dout, x, W):
    return dout @ W.T, x.T @ dout, dout.sum(axis=0).squeeze()
