# "`W1` `(d, h)`": shows on h = 1.
# shown: differ(N(4, 3), N(3, 1), N(1), N(1, 2), N(2))
# kind: inputs
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = np.squeeze(1 / (1 + np.exp(-(X @ W1 + b1))))
    return H @ W2 + b2
