# "always with four dimensions": shows on one image.
# shown: differ(N(1, 3, 5, 6), N(4, 3, 2, 3), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    n, _, h, w = X.shape
    c_out, _, kh, kw = W.shape
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b
    return Y.squeeze(0).transpose(2, 0, 1) if n == 1 else Y.transpose(0, 3, 1, 2)
