# "The result always has two axes": shows where the result has one row.
# shown: differ(N(2, 6), N(2, 3))
# kind: inputs
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y[0] if len(Y) == 1 else Y
