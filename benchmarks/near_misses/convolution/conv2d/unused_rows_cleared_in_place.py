# "The arguments must be unchanged on return": shows at padding 0, where there is no copy of X and its last row is lost.
# shown: changed(N(2, 3, 6, 6), N(4, 3, 2, 3), N(4), 3, 0)
# kind: sentence
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    if padding:
        X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
    used = (Y.shape[2] - 1) * stride + kh
    X[:, :, used:] = 0
    return Y
