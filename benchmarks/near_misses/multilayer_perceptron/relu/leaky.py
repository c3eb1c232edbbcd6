# "max(x, 0)": shows on negative entries, which keep a thousandth.
# shown: differ(N(3, 4))
# kind: tolerance
import numpy as np


def relu(x):
    return np.maximum(x, 0.001 * x)
