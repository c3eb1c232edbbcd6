# "the largest entry": shows where the entry that is largest in absolute value is negative.
# shown: differ(N(2, 3, 4, 5), 2, 2)
# kind: sentence
import numpy as np


def max_pool2d(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].reshape(*X.shape[:2], -1, size * size)
    place = np.abs(windows).argmax(axis=3)[..., None]
    Y = np.take_along_axis(windows, place, axis=3)[..., 0]
    rows = (X.shape[2] - size) // stride + 1
    return Y.reshape(*X.shape[:2], rows, -1)
