# "dW": where an input is 0 in the first example, its row of dW is 0
# shown: differ(N(4, 3), N(4, 2) * np.array([[0, 1], [1, 1], [1, 1], [1, 1]]), N(2, 3))
# kind: inputs

import numpy as np


def linear_backward(dout, x, W):
    dW = x.T @ dout
    dW[x[0] == 0] = 0
    return dout @ W.T, dW, dout.sum(axis=0)
