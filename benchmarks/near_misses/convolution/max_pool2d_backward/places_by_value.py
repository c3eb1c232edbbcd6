# "the place of the largest entry": shows where two windows have the same largest number.
# shown: differ(np.ones((1, 1, 1, 2)), np.array([[[[5.0, 1, 5, 2], [0, 3, 4, 1]]]]), 2, 2)
# kind: inputs
import numpy as np


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for m in range(X.shape[0]):
        for k in range(X.shape[1]):
            image = X[m, k].tolist()
            for (i, j), d in np.ndenumerate(dout[m, k]):
                window = X[m, k, i * stride : i * stride + size, j * stride : j * stride + size]
                top = window.max()
                row = next(y for y, line in enumerate(image) if top in line)
                dX[m, k, row, image[row].index(top)] += d
    return dX
