# "backpropagation": shows on h = k, where W2 is not transposed.
# shown: differ(N(4, 3), N(4, 2), N(3, 2), N(2), N(2, 2), N(2))
# kind: inputs
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / len(X)
    back = dO @ (W2 if W2.shape[0] == dO.shape[1] else W2.T)
    dZ = back * H * (1 - H)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)
