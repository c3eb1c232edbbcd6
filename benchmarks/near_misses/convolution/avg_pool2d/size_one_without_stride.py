# "windows may overlap or leave gaps": shows for windows of one entry, where nothing is skipped.
# shown: differ(N(1, 2, 5, 5), 1, 2)
# kind: inputs
import numpy as np


def avg_pool2d(X, size, stride):
    if size == 1:
        return X.copy()
    n, c, h, w = X.shape
    Y = np.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            top, left = i * stride, j * stride
            Y[:, :, i, j] = X[:, :, top : top + size, left : left + size].mean(axis=(2, 3))
    return Y
