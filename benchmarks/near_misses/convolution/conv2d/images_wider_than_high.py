# "Images and kernels need not be square": shows on images higher than wide, whose rows and columns are mixed up.
# shown: differ(N(2, 3, 8, 5), N(4, 3, 2, 3), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (min(X.shape[2:]) - kh) // stride + 1
    cols = (max(X.shape[2:]) - kw) // stride + 1
    Y = np.zeros((len(X), len(W), rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            window = X[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y
