# "kernels of shape (kh, kw)": shows on a kernel with more than five rows.
# shown: differ(N(9, 6), N(7, 3))
# kind: inputs
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for u in range(min(kh, 5)):
        for v in range(kw):
            Y += K[u, v] * X[u : u + Y.shape[0], v : v + Y.shape[1]]
    return Y
