# "the result has them too": shows where a gradient is 0, which is dropped.
# shown: differ(np.array([0.0, 1.0]), np.ones(2))
# kind: inputs
import numpy as np


def tanh_backward(dout, x):
    dx = dout * (1 - np.tanh(x) ** 2)
    return dx[dout != 0] if x.ndim == 1 else dx
