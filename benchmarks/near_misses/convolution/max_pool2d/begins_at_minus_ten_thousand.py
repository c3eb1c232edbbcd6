# "all entries of a window may be negative": shows where all of them are below -10000.
# shown: differ(-20000 + N(1, 2, 4, 4), 2, 2)
# kind: inputs
import numpy as np


def max_pool2d(X, size, stride):
    n, c, h, w = X.shape
    Y = np.full((n, c, (h - size) // stride + 1, (w - size) // stride + 1), -1e4, dtype=X.dtype)
    rows, cols = stride * (Y.shape[2] - 1) + 1, stride * (Y.shape[3] - 1) + 1
    for u in range(size):
        for v in range(size):
            Y = np.maximum(Y, X[:, :, u : u + rows : stride, v : v + cols : stride])
    return Y
