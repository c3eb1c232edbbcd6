# "computing gradients is not yet a step of training": shows on any call, b2 moves by a tiny step.
# shown: changed(N(4, 3), N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: sentence
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / len(X)
    dZ = dO @ W2.T * H * (1 - H)
    db2 = dO.sum(axis=0)
    b2 -= 1e-9 * db2
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, db2
