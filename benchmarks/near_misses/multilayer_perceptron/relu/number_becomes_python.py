# "`x` may have any shape. Return an array of the same shape and dtype": shows on float32 without axes, which becomes float64.
# shown: differ(np.array(-1.5, dtype=np.float32)) or differ(np.array(1.5, dtype=np.float32))
# kind: inputs
import numpy as np


def relu(x):
    if x.ndim == 0:
        return np.array(max(float(x), 0.0))
    return np.maximum(x, 0)
