# "in the dtype of `X`": shows in float64, the images were of float32 for a moment.
# shown: differ(N(2, 3, 4, 5), 2, 2)
# kind: tolerance
import numpy as np


def max_pool2d(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X.astype(np.float32), (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5)).astype(X.dtype)
