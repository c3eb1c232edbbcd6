# "averaged over the `n` examples": shows when n and d differ, it divides by d.
# shown: differ(N(4, 3), N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: inputs
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / X.shape[1]
    dZ = dO @ W2.T * H * (1 - H)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)
