# "always with four axes": shows on one channel, whose axis is lost.
# shown: differ(N(2, 1, 4, 5), 2, 2)
# kind: inputs
import numpy as np


def max_pool2d(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))
    Y = windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    return Y[:, 0] if Y.shape[1] == 1 else Y
