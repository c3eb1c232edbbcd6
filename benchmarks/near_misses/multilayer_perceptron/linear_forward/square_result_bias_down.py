# "adds a bias to each": shows when n = k, the bias goes down the rows.
# shown: differ(N(3, 4), N(4, 3), N(3))
# kind: inputs
import numpy as np


def linear_forward(x, W, b):
    y = x @ W
    return y + b[:, None] if y.shape[0] == y.shape[1] else y + b
