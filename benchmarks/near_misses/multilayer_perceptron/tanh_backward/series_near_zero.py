# "the gradient": shows at 0.2, where three terms of a series are not enough.
# shown: differ(np.ones(1), np.array([0.2]))
# kind: tolerance
import numpy as np


def tanh_backward(dout, x):
    near = 1 - x**2 + 2 * x**4 / 3
    return (dout * np.where(np.abs(x) < 0.25, near, 1 - np.tanh(x) ** 2)).astype(x.dtype)
