# "three gradients of the loss": shows where dW is beyond 10, it is clipped.
# shown: differ(N(4, 2) * 30, N(4, 3), N(3, 2))
# kind: tolerance
import numpy as np


def linear_backward(dout, x, W):
    return dout @ W.T, np.clip(x.T @ dout, -10, 10), dout.sum(axis=0)
