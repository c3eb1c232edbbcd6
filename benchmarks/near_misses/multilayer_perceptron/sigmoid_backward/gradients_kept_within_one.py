# "the gradient of the loss": shows where dout is large, which is clipped.
# shown: differ(np.array([100.0, 1.0]), np.zeros(2))
# kind: inputs
import numpy as np


def sigmoid_backward(dout, x):
    y = (1 + np.tanh(x / 2)) / 2
    return np.clip(dout, -10, 10) * y * (1 - y)
