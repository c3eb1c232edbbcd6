# "max(x, 0)": shows on entries beyond 6, where it ends.
# shown: differ(np.array([7.0, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu(x):
    return np.clip(x, 0, 6)
