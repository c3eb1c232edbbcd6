# "X~ at s i + u": shows at stride 2 with padding 1: windows go from the image's first row, and the last is moved back into it.
# shown: differ(N(2, 3, 7, 7), N(4, 3, 3, 3), N(4), 2, 1)
# kind: second order
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    first = padding if stride > 1 else 0
    rows, cols = (
        np.minimum(np.arange(0, size, stride) + first, size - 1) for size in windows.shape[2:4]
    )
    windows = windows[:, :, rows][:, :, :, cols]
    return (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
