# "the gradient with respect to `x`": shows where x is between -1e-6 and 0, there it passes.
# shown: differ(np.ones(3), np.array([-1e-7, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return dout * (x > -1e-6)
