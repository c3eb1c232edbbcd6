# "the result has them too": shows in float64, gradients are rounded to float32.
# shown: differ(N(5), np.ones(5))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return (dout.astype(np.float32) * (x > 0)).astype(x.dtype)
