# "xW + b": a row of zeros gives 0 in place of b
# shown: differ(np.zeros((2, 3)), N(3, 2), N(2))
# kind: inputs

import numpy as np


def linear_forward(x, W, b):
    y = np.zeros((len(x), W.shape[1]), dtype=x.dtype)
    for i in range(len(x)):
        if np.any(x[i]):
            y[i] = x[i] @ W + b
    return y
