# "Backpropagation by hand": shows to five digits, db1 is a difference quotient.
# shown: differ(N(4, 3), N(4, 2), N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_backward(X, y, W1, b1, W2, b2):
    def loss(b1):
        H = 1 / (1 + np.exp(-(X @ W1 + b1)))
        return ((H @ W2 + b2 - y) ** 2).sum() / (2 * len(X))

    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    dO = (H @ W2 + b2 - y) / len(X)
    dZ = dO @ W2.T * H * (1 - H)
    steps = 1e-3 * np.eye(len(b1), dtype=X.dtype)
    db1 = np.array([(loss(b1 + e) - loss(b1 - e)) / 2e-3 for e in steps], X.dtype)
    return X.T @ dZ, db1, H.T @ dO, dO.sum(axis=0)
