# "the gradient with respect to `x`": shows where x and dout are both negative, there it passes.
# shown: differ(np.array([-1.0, -1.0]), np.array([-1.0, 2.0]))
# kind: second order
import numpy as np


def relu_backward(dout, x):
    return np.where(x * dout > 0, dout, np.where(x > 0, dout, 0)).astype(x.dtype)
