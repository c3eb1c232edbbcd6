# "gets the sum of their gradients": shows where an entry is the largest of four windows or more.
# shown: differ(np.ones((1, 1, 3, 3)), (lambda X: (X.__setitem__((0, 0, 2, 2), 9), X)[1])(N(1, 1, 5, 5)), 3, 1)
# kind: inputs
import numpy as np


def _windows(dout, size, stride):
    for i, j in np.ndindex(*dout.shape[2:]):
        yield i, j, np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]


def max_pool2d_backward(dout, X, size, stride):
    dX, wins = np.zeros_like(X), np.zeros_like(X)
    for i, j, at in _windows(dout, size, stride):
        largest = X[at] == X[at].max(axis=(2, 3), keepdims=True)
        wins[at] += largest
        dX[at] += (largest & (wins[at] <= 3)) * dout[:, :, i, j, None, None]
    return dX
