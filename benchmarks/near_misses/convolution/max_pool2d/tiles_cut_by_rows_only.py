# "windows that do not fit are dropped": shows where windows tile and a column is left over.
# shown: differ(N(1, 2, 5, 5), 2, 2)
# kind: inputs
import numpy as np


def max_pool2d(X, size, stride):
    n, c, h, w = X.shape
    if size == stride:
        rows = h // size
        return X[:, :, : rows * size].reshape(n, c, rows, size, w // size, size).max(axis=(3, 5))
    Y = np.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            top, left = i * stride, j * stride
            Y[:, :, i, j] = X[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return Y
