# "right and finite for entries as large as 1000": shows at 1000, where 1 is not reached.
# shown: differ(np.array([1000.0, -1000.0]))
# kind: tolerance
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -16, 16)))
