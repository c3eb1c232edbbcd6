# "`dout` and `x` must be unchanged on return": shows on contiguous arrays, whose ravelled form is no copy.
# shown: changed(N(3, 4), 2 * N(3, 4))
# kind: sentence
import numpy as np


def relu_backward(dout, x):
    dx = np.ravel(dout)
    dx[np.ravel(x) < 0] = 0
    return dx.reshape(x.shape).copy()
