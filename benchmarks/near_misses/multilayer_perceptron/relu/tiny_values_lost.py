# "max(x, 0)": shows on entries below 1e-8, which become 0.
# shown: differ(np.array([1e-9, 1.0, -1.0]))
# kind: tolerance
import numpy as np


def relu(x):
    return x * (x > 1e-8)
