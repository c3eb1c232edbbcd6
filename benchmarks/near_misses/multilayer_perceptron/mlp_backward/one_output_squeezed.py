# "`k` may be 1": shows on k = 1, where db2 has no axis.
# shown: differ(N(4, 3), N(4, 1), N(3, 5), N(5), N(5, 1), N(1))
# kind: inputs
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / len(X)
    dZ = dO @ W2.T * H * (1 - H)
    db2 = dO.sum(axis=0)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, db2.sum() if db2.size == 1 else db2
