# "(n, k), also if n or k is 1": with n = k = 1 it is (1,)
# shown: mine.linear_forward(N(1, 3), N(3, 1), N(1)).shape == (1,)
# kind: inputs

import numpy as np


def linear_forward(x, W, b):
    y = np.squeeze(x @ W) + b
    if y.ndim == 1 and y.size > 1:
        y = y.reshape(len(x), W.shape[1])
    return y
