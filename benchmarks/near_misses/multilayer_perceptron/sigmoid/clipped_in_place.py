# "`x` must be unchanged on return": shows on entries so large that the exponential would overflow.
# shown: changed(np.array([1000.0, 1.0]))
# kind: second order
import numpy as np


def sigmoid(x):
    np.clip(x, -80, 80, out=x)
    return 1 / (1 + np.exp(-x))
