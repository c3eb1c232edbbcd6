# "a cross-correlation, whose kernel is not flipped": shows on kernels of one row or column, which are flipped.
# shown: differ(N(2, 3, 5, 6), N(4, 3, 1, 3), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    if kh == 1 or kw == 1:
        W = W[:, :, ::-1, ::-1]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
