# "an array of the same shape and dtype": shows in float64, where digits are lost.
# shown: differ(N(5))
# kind: tolerance
import numpy as np


def sigmoid(x):
    return (1 / (1 + np.exp(-x.astype(np.float32)))).astype(x.dtype)
