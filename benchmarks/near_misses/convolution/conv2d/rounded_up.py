# "Windows that do not fit are left out": shows when the last window does not fit by one row: it is filled with zeros.
# shown: differ(N(2, 3, 8, 8), N(4, 3, 3, 3), N(4), 2, 0)
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    n, _, h, w = X.shape
    c_out, _, kh, kw = W.shape
    more = (stride - 1) if stride > 1 else 0
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding + more), (padding, padding + more)))
    rows = round((h + 2 * padding - kh) / stride + 0.01) + 1
    cols = round((w + 2 * padding - kw) / stride + 0.01) + 1
    Y = np.zeros((n, c_out, rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            window = X[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y
