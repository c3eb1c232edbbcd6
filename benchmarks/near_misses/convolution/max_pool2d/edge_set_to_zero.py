# "`X` must be unchanged on return": what no window reaches becomes zero.
# shown: changed(N(2, 3, 5, 5), 2, 2)
# kind: sentence
import numpy as np


def max_pool2d(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))
    Y = windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    X[:, :, (Y.shape[2] - 1) * stride + size :] = 0
    return Y
