# "H W_2 + b_2": shows on square W2, which is taken for the other layout.
# shown: differ(N(4, 3), N(3, 2), N(2), N(2, 2), N(2))
# kind: inputs
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return H @ (W2.T if W2.shape[0] == W2.shape[1] else W2) + b2
