# "Return `(n, k)`, also if `n` or `k` is 1": shows on k = 1.
# shown: differ(N(4, 3), N(3, 1), N(1))
# kind: inputs
import numpy as np


def linear_forward(x, W, b):
    return np.squeeze(x @ W + b, axis=1) if W.shape[1] == 1 else x @ W + b
