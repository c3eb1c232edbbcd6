# "one for each output channel": shows when there are as many input as output channels, which are swapped.
# shown: differ(N(2, 3, 5, 6), N(3, 3, 2, 3), N(3))
# kind: inputs
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    if W.shape[0] == X.shape[1]:
        W = W.swapaxes(0, 1)
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (np.tensordot(windows, W, axes=([1, 4, 5], [1, 2, 3])) + b).transpose(0, 3, 1, 2)
