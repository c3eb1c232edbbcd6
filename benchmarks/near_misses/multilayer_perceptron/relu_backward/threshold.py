# "the gradient with respect to `x`": shows where x is between 0 and 0.01, there it is 0.
# shown: differ(np.ones(3), np.array([0.005, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return dout * (x > 0.01)
