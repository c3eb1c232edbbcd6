# "the sum over c": shows beyond four input channels, which are left out.
# shown: differ(N(2, 6, 5, 6), N(4, 6, 2, 3), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X[:, :4], ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (np.tensordot(windows, W[:, :4], axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
