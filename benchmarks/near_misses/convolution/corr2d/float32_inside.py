# "the dtype of the arguments": shows in float64, which is computed in float32.
# shown: differ(N(4, 5), N(2, 3))
# kind: tolerance
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=np.float32)
    for u in range(kh):
        for v in range(kw):
            Y += K[u, v] * X[u : u + Y.shape[0], v : v + Y.shape[1]]
    return Y.astype(X.dtype)
