# "`K` must be unchanged on return": scaled by its largest entry, and back with an error.
# shown: changed(N(5, 6), N(2, 3))
# kind: sentence
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    largest = np.abs(K).max()
    K /= largest
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum() * largest
    return Y
