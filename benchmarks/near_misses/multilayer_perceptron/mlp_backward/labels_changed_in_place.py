# "The arguments must be unchanged on return": shows in float64, where `asarray` makes no copy of y.
# shown: changed(N(4, 3), N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: sentence
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = np.asarray(y, dtype=np.float64)
    dO -= H @ W2 + b2
    dO = (-dO / len(X)).astype(X.dtype)
    dZ = dO @ W2.T * H * (1 - H)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)
