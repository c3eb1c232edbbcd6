# "max(x, 0)": shows near 0, where it is smooth.
# shown: differ(np.array([0.01, -0.01, 1.0]))
# kind: tolerance
import numpy as np


def relu(x):
    return (x + np.sqrt(x * x + 1e-6)) / 2
