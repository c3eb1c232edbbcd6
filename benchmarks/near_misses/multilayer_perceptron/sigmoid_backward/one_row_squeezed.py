# "the result has them too": shows on one row, which loses its axis.
# shown: differ(N(1, 4), 2 * N(1, 4))
# kind: inputs
import numpy as np


def sigmoid_backward(dout, x):
    y = (1 + np.tanh(x / 2)) / 2
    dx = dout * y * (1 - y)
    return dx[0] if x.ndim == 2 and len(x) == 1 else dx
