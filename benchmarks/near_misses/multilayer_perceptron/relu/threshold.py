# "max(x, 0)": shows on entries between 0 and 0.01, which become 0.
# shown: differ(np.array([0.005, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu(x):
    return np.where(x > 0.01, x, 0).astype(x.dtype)
