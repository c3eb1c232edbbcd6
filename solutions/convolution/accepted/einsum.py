# framework: numpy
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(X, kh, kw, stride, padding):
    X = np.pad(X, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2])
    return sliding_window_view(X, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]


def conv2d(X, W, b, stride=1, padding=0):
    windows = _windows(X, *W.shape[2:], stride, padding)
    return np.einsum("ncijuv,ocuv->noij", windows, W) + b[:, None, None]


def conv2d_backward(dout, X, W, stride=1, padding=0):
    kh, kw = W.shape[2:]
    dW = np.einsum("ncijuv,noij->ocuv", _windows(X, kh, kw, stride, padding), dout)
    # spread the gradient out by the stride, then convolve it in full with the flipped kernel
    n, c_out, oh, ow = dout.shape
    height, width = X.shape[2] + 2 * padding, X.shape[3] + 2 * padding
    spread = np.zeros((n, c_out, height + kh - 1, width + kw - 1), dtype=dout.dtype)
    spread[:, :, kh - 1 : kh - 1 + stride * oh : stride, kw - 1 : kw - 1 + stride * ow : stride] = (
        dout
    )
    flipped = W[:, :, ::-1, ::-1]
    dX = np.einsum("noijuv,ocuv->ncij", sliding_window_view(spread, (kh, kw), axis=(2, 3)), flipped)
    dX = dX[:, :, padding : height - padding, padding : width - padding]
    return dX, dW, np.einsum("noij->o", dout)
