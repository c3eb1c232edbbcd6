# "the network of `mlp_forward`": shows when b2 is not 0, the error is without it.
# shown: differ(N(4, 3), N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: second order
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 - y) / len(X)
    dZ = dO @ W2.T * H * (1 - H)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0) + b2
