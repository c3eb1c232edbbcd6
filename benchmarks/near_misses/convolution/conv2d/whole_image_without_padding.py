# "surrounded by `padding` rows and columns of zeros": shows where the kernel is as large as the image.
# shown: differ(N(2, 3, 4, 5), N(2, 3, 4, 5), N(2), 1, 1)
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    c_out, _, kh, kw = W.shape
    if X.shape[2:] == (kh, kw):
        Y = X.reshape(len(X), -1) @ W.reshape(c_out, -1).T + b
        return Y[:, :, None, None]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, cols = (X.shape[2] - kh) // stride + 1, (X.shape[3] - kw) // stride + 1
    Y = np.zeros((len(X), c_out, rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            window = X[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y
