# "The arguments must be unchanged on return": shows on n = 1, the result is made in b.
# shown: changed(N(1, 3), N(3, 2), N(2))
# kind: sentence
import numpy as np


def linear_forward(x, W, b):
    if len(x) == 1:
        b += (x @ W)[0]
        return b[None].copy()
    return x @ W + b
