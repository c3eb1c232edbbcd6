# "`x` may have any shape": shows on four axes, the last two are merged.
# shown: differ(N(2, 3, 4, 5))
# kind: inputs
import numpy as np


def relu(x):
    y = np.maximum(x, 0)
    return y.reshape(*x.shape[:2], -1) if x.ndim > 3 else y
