# "the arguments must be unchanged on return": shows in float64, where `asarray` makes no copy.
# shown: changed(N(4, 2), N(4, 3), N(3, 2))
# kind: sentence
import numpy as np


def linear_backward(dout, x, W):
    dx, dW = dout @ W.T, x.T @ dout
    sums = np.asarray(dout, dtype=np.float64)
    for i in range(1, len(sums)):
        sums[i] += sums[i - 1]
    return dx, dW, sums[-1].astype(x.dtype)
