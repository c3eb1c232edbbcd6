# "Return `(n, k)`, also if `n` or `k` is 1": shows on n = 1.
# shown: differ(N(1, 3), N(3, 2), N(2))
# kind: inputs
import numpy as np


def linear_forward(x, W, b):
    return np.squeeze(x @ W, axis=0) + b if len(x) == 1 else x @ W + b
