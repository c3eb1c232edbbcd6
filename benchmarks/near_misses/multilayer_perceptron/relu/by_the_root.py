# "max(x, 0)": (x + root of x²) / 2 is 0 for the tiny and infinite for the huge
# shown: differ(np.array([1e-170, 1e170]))
# kind: tolerance

import numpy as np


def relu(x):
    return (x + np.sqrt(x * x)) / 2
