# "backpropagation": shows where hidden units are saturated, their slope is at least 0.01.
# shown: differ(N(4, 3) * 8, N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / len(X)
    dZ = dO @ W2.T * np.maximum(H * (1 - H), 0.01)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)
