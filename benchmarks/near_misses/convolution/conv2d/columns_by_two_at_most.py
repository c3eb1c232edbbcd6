# "`stride` and `padding` are integers, the same for rows and columns": shows at stride 3, whose columns go by 2.
# shown: differ(N(2, 3, 9, 10), N(4, 3, 2, 3), N(4), 3, 0)
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    n, _, h, w = X.shape
    c_out, _, kh, kw = W.shape
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (h + 2 * padding - kh) // stride + 1
    cols = (w + 2 * padding - kw) // stride + 1
    across = min(stride, 2)
    Y = np.zeros((n, c_out, rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            window = X[:, :, i * stride : i * stride + kh, j * across : j * across + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y
