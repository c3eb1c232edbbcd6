# "the same shape, which may be any": shows on an array without axes.
# shown: differ(np.array(2.0), np.array(1.0))
# kind: inputs
import numpy as np


def relu_backward(dout, x):
    dx = np.zeros_like(x)
    keep = np.flatnonzero(x > 0) if x.ndim <= 1 else np.nonzero(x > 0)
    dx[keep] = dout[keep]
    return dx
