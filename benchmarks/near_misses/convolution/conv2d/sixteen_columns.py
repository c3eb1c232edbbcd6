# "Y has ⌊…⌋ + 1 rows and columns": beyond 16 columns, the last ones of an incomplete block are 0
# shown: differ(N(1, 1, 3, 22), N(1, 1, 2, 2), N(1))
# kind: inputs

import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    P = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(P, W.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    n, c, oh, ow = windows.shape[:4]
    Y = np.zeros((n, len(W), oh, ow), dtype=X.dtype)
    for j in range(0, ow if ow <= 16 else ow // 16 * 16, 16):
        part = windows[:, :, :, j : j + 16]
        Y[:, :, :, j : j + 16] = np.einsum("ncijuv,ocuv->noij", part, W) + b[:, None, None]
    return Y
