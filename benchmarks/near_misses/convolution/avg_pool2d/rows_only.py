# "windows overlap": shows where the stride is smaller than the window, the columns go by the size.
# shown: differ(N(2, 3, 7, 7), 3, 1)
# kind: inputs
import numpy as np


def avg_pool2d(X, size, stride):
    rows = (X.shape[2] - size) // stride + 1
    step = max(stride, size)
    cols = (X.shape[3] - size) // step + 1
    Y = np.zeros((*X.shape[:2], rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            window = X[:, :, i * stride : i * stride + size, j * step : j * step + size]
            Y[:, :, i, j] = window.mean(axis=(2, 3))
    return Y
