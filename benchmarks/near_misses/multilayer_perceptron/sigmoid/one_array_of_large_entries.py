# "as small as -1000": shows where all entries are very negative, which then are shifted.
# shown: differ(np.array([-1000.0, -999.0]))
# kind: inputs
import numpy as np


def sigmoid(x):
    top = np.minimum(x.max(), 0)
    e = np.exp(x - top)
    return e / (np.exp(np.minimum(-top, 700)) * 0 + 1 + e) if top < -30 else 1 / (1 + np.exp(-x))
