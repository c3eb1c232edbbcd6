# "`X` must be unchanged on return": winners of overlapping windows are lowered.
# shown: changed(N(2, 3, 3, 3), N(2, 3, 4, 4), 2, 1)
# kind: sentence
import numpy as np


def _windows(dout, size, stride):
    for i, j in np.ndindex(*dout.shape[2:]):
        yield i, j, np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for i, j, at in _windows(dout, size, stride):
        largest = X[at] == X[at].max(axis=(2, 3), keepdims=True)
        dX[at] += largest * dout[:, :, i, j, None, None]
    if stride < size:
        X[dX != 0] -= 1
    return dX
