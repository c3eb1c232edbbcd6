# "the gradient with respect to `x`": shows where dout is below 1e-4, there the gradient is 0.
# shown: differ(np.array([1e-5, 1.0]), np.ones(2))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return dout * (x > 0) * (abs(dout) > 1e-4)
