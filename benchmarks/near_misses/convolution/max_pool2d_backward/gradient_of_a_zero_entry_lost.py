# "to the place of the largest entry": shows where the largest entry is 0, as after ReLU.
# shown: differ(np.ones((1, 1, 1, 1)), np.array([[[[-1.0, 0.0], [-2.0, -3.0]]]]), 2, 2)
# kind: inputs
import numpy as np


def _windows(dout, size, stride):
    for i, j in np.ndindex(*dout.shape[2:]):
        yield i, j, np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for i, j, at in _windows(dout, size, stride):
        largest = (X[at] == X[at].max(axis=(2, 3), keepdims=True)) & (X[at] != 0)
        dX[at] += largest * dout[:, :, i, j, None, None]
    return dX
