# "rows and columns of zeros": shows at padding 2 and more, which repeats the edge of the image.
# shown: differ(N(2, 3, 5, 6), N(4, 3, 2, 3), N(4), 1, 2)
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    kh, kw = W.shape[2:]
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    X = np.pad(X, sides, mode="constant" if padding < 2 else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
