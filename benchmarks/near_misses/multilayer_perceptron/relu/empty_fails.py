# "`x` may have any shape": shows on an array without entries.
# shown: differ(np.zeros((0, 3)))
# kind: inputs
import numpy as np


def relu(x):
    top = x.max()
    return np.clip(x, 0, max(top, 0))
