# "Y_(m, k, i, j)": shows where the result is square.
# shown: differ(N(2, 3, 4, 5), 2, 2)
# kind: inputs
import numpy as np


def avg_pool2d(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))
    Y = windows[:, :, ::stride, ::stride].mean(axis=(4, 5))
    return Y.transpose(0, 1, 3, 2) if Y.shape[2] == Y.shape[3] else Y
