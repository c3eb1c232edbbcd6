# "`x` may have any shape": shows on three axes, of which the last two become one.
# shown: differ(N(2, 3, 4))
# kind: inputs
import numpy as np


def sigmoid(x):
    if x.ndim > 2:
        x = x.reshape(len(x), -1)
    return 0.5 + 0.5 * np.tanh(x / 2)
