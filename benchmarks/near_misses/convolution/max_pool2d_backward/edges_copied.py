# "Where no window was, the gradient is 0": shows where the last column is in no window.
# shown: differ(N(2, 3, 2, 2), N(2, 3, 5, 5), 2, 2)
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
    used = (dout.shape[3] - 1) * stride + size
    dX[:, :, :, used:] = dX[:, :, :, used - 1 : used]
    return dX
