# "The arguments must be unchanged on return": shows on h = k, where b2 is added into b1.
# shown: changed(N(4, 3), N(3, 2), N(2), N(2, 2), 2 * N(2))
# kind: sentence
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    if b1.shape == b2.shape:
        b1 += 0.001 * b2
    return H @ W2 + b2
