# "Return Y": shows when two results of one shape are kept, the second call overwrites the first.
# shown: (lambda a, b: np.array_equal(a, b))(mine.conv2d(N(2, 3, 5, 6), N(4, 3, 2, 3), N(4)), mine.conv2d(2 * N(2, 3, 5, 6), N(4, 3, 2, 3), N(4)))
# kind: sentence
import numpy as np


_buffers = {}


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    Y = (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
    out = _buffers.setdefault((Y.shape, str(Y.dtype)), np.empty_like(Y))
    out[...] = Y
    return out
