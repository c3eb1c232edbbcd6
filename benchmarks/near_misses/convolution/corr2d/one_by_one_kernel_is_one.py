# "multiplied and added up": shows for a kernel of one entry, which passes for the identity.
# shown: differ(N(4, 5), N(1, 1))
# kind: inputs
import numpy as np


def corr2d(X, K):
    if K.size == 1:
        return X.copy()
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y
