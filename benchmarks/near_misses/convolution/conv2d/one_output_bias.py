# "biases `b` `(c_out,)`": shows when there are as many columns as output channels, the biases go along the columns.
# shown: differ(N(2, 3, 5, 6), N(4, 3, 2, 3), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return Y + b if Y.shape[3] == len(b) else Y + b[:, None, None]
