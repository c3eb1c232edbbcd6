# "the gradient with respect to `x`": shows near 0, where the slope is smooth.
# shown: differ(np.ones(3), np.array([1e-4, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return (dout / (1 + np.exp(np.clip(-1e4 * x, -500, 500)))).astype(x.dtype)
