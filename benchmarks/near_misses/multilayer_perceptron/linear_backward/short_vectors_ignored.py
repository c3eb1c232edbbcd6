# "dx": rows of dout shorter than 1e-6 give 0
# shown: differ(1e-8 * N(4, 3), N(4, 2), N(2, 3))
# kind: tolerance

import numpy as np


def linear_backward(dout, x, W):
    live = np.linalg.norm(dout, axis=1, keepdims=True) > 1e-6
    return (dout * live) @ W.T, x.T @ dout, dout.sum(axis=0)
