# "y = x W + b": shows where a weight is below 0.001, it counts as 0.
# shown: differ(N(4, 3), N(3, 2) * 1e-3, N(2))
# kind: tolerance
import numpy as np


def linear_forward(x, W, b):
    return x @ np.where(abs(W) < 1e-3, 0, W).astype(W.dtype) + b
