# "to the place of the largest entry": shows where two entries differ by less than a millionth.
# shown: differ(np.ones((1, 1, 1, 1)), np.array([[[[1.0, 1.0 + 1e-8], [0, 0]]]]), 2, 2)
# kind: tolerance
import numpy as np


def _windows(dout, size, stride):
    for i, j in np.ndindex(*dout.shape[2:]):
        yield i, j, np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for i, j, at in _windows(dout, size, stride):
        largest = np.isclose(X[at], X[at].max(axis=(2, 3), keepdims=True), rtol=1e-6)
        dX[at] += largest / largest.sum(axis=(2, 3), keepdims=True) * dout[:, :, i, j, None, None]
    return dX
