# "K_{u, v}": shows on a square kernel that is not symmetric.
# shown: differ(N(5, 6), N(3, 3))
# kind: inputs
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    if kh == kw:
        K = K.T
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y
