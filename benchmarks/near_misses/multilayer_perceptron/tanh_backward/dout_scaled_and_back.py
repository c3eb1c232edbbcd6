# "`dout` and `x` must be unchanged on return": shows on entries that rounding changes.
# shown: changed(np.array([0.1, 0.3, 0.7]), N(3))
# kind: second order
import numpy as np


def tanh_backward(dout, x):
    slope = 1 - np.tanh(x) ** 2
    dout *= 3.0
    dx = dout * slope / 3.0
    dout /= 3.0
    dout += 0.1
    dout -= 0.1
    return dx
