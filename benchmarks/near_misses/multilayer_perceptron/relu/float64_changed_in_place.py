# "`x` itself must be unchanged on return": shows in float64, where `asarray` makes no copy.
# shown: changed(N(3, 4))
# kind: sentence
import numpy as np


def relu(x):
    y = np.asarray(x, dtype=np.float64)
    y[y < 0] = 0
    return y.astype(x.dtype)
