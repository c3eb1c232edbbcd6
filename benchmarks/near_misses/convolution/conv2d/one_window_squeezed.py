# "always with four dimensions": shows when the kernel is as large as the image.
# shown: differ(N(2, 3, 3, 4), N(4, 3, 3, 4), N(4))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
    return Y[:, :, 0, 0] if Y.shape[2:] == (1, 1) else Y
