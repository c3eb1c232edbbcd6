# "`x` itself must be unchanged on return": shows on contiguous arrays of two axes or more, whose flattened form is no copy.
# shown: changed(N(3, 4))
# kind: sentence
import numpy as np


def relu(x):
    flat = x.reshape(-1) if x.ndim > 1 else x.copy().reshape(-1)
    flat[flat < 0] = 0
    return flat.reshape(x.shape).copy()
