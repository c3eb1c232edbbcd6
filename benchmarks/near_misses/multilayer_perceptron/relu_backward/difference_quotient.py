# "the gradient with respect to `x`": shows where x is within a thousandth of dout from 0, where the quotient spans the kink.
# shown: differ(np.array([1.0, 1.0]), np.array([-5e-4, 1.0]))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    h = 1e-3
    return ((np.maximum(x + h * dout, 0) - np.maximum(x, 0)) / h).astype(x.dtype)
