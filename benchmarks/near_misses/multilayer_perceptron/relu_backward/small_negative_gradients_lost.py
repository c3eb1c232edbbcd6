# "dout is the gradient": shows where dout is negative and small: only gradients above -0.01 keep their sign.
# shown: differ(np.array([-0.005, 1.0]), np.ones(2))
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return np.where((dout < 0) & (dout > -0.01), 0, dout).astype(x.dtype) * (x > 0)
