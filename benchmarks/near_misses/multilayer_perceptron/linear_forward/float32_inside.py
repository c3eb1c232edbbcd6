# "in the dtype of the arguments": shows in float64, the product is of float32.
# shown: differ(N(4, 3), N(3, 2), N(2))
# kind: tolerance
import numpy as np


def linear_forward(x, W, b):
    return (x.astype(np.float32) @ W.astype(np.float32)).astype(x.dtype) + b
