# "in the dtype of the arguments": shows in float64, products are of float32.
# shown: differ(N(2, 3, 5, 6), N(4, 3, 2, 3), N(4))
# kind: tolerance
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X.astype(np.float32), (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = np.tensordot(windows, W.astype(np.float32), axes=([1, 4, 5], [1, 2, 3])).astype(X.dtype) + b
    return Y.transpose(0, 3, 1, 2)
