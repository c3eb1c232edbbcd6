# "y = x W + b": shows on square weights, which are taken for the other layout.
# shown: differ(N(4, 3), N(3, 3), N(3))
# kind: inputs
import numpy as np


def linear_forward(x, W, b):
    return x @ W.T + b if W.shape[1] == x.shape[1] else x @ W + b
