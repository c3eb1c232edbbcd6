# "of the same shape and dtype": shows in float64, entries are rounded to float32.
# shown: differ(N(3, 4))
# kind: tolerance
import numpy as np


def relu(x):
    return np.maximum(x.astype(np.float32), 0).astype(x.dtype)
