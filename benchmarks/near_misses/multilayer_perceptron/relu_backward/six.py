# "A network computed `relu(x)`": shows where x is beyond 6, there the gradient is 0.
# shown: differ(np.ones(3), np.array([7.0, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return dout * ((x > 0) & (x < 6))
