# "`dW` `(d, k)`": shows on square weights, dW is transposed.
# shown: differ(N(4, 3), N(4, 3) ** 2, N(3, 3))
# kind: inputs
import numpy as np


def linear_backward(dout, x, W):
    dW = dout.T @ x
    return dout @ W.T, dW if dW.shape == W.shape else dW.T, dout.sum(axis=0)
