# "The gradients have the dtype of the arguments": shows in float64, db is summed in float32.
# shown: differ(N(4, 2), N(4, 3), N(3, 2))
# kind: tolerance
import numpy as np


def linear_backward(dout, x, W):
    return dout @ W.T, x.T @ dout, dout.sum(axis=0, dtype=np.float32).astype(x.dtype)
