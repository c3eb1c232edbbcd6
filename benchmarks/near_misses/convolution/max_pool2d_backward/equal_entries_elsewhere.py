# "In each window the gradient goes to the place of the largest entry": shows where it comes again.
# shown: differ(np.ones((1, 1, 1, 2)), np.array([[[[5.0, 1, 5, 2], [0, 3, 4, 1]]]]), 2, 2)
# kind: inputs
import numpy as np


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = X[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            largest = window.max(axis=(2, 3), keepdims=True)
            dX += (X == largest) * dout[:, :, i, j, None, None]
    return dX
