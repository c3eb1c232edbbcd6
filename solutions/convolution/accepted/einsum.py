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


def corr2d(X, K):
    return np.einsum("ijuv,uv->ij", sliding_window_view(X, K.shape), K)


def _pooled(X, size, stride):
    return sliding_window_view(X, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]


def max_pool2d(X, size, stride):
    return _pooled(X, size, stride).max(axis=(-1, -2))


def avg_pool2d(X, size, stride):
    return np.einsum("ncijuv->ncij", _pooled(X, size, stride)) / size**2


def max_pool2d_backward(dout, X, size, stride):
    windows = _pooled(X, size, stride)
    n, c, rows, cols = dout.shape
    place = windows.reshape(n, c, rows, cols, -1).argmax(axis=-1)
    m, k, i, j = np.indices(dout.shape)
    dX = np.zeros_like(X)
    np.add.at(dX, (m, k, i * stride + place // size, j * stride + place % size), dout)
    return dX


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        Y = gamma * ((X - moving_mean) * (moving_var + eps) ** -0.5) + beta
        return Y, moving_mean, moving_var
    mean = np.einsum("nd->d", X) / len(X)
    var = np.einsum("nd,nd->d", X - mean, X - mean) / len(X)
    Y = np.einsum("nd,d->nd", X - mean, gamma / np.sqrt(var + eps)) + beta
    old, new = momentum, 1 - momentum
    return Y, old * moving_mean + new * mean, old * moving_var + new * var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = len(X)
    deviation = np.sqrt(X.var(0) + eps)
    X_hat = (X - X.mean(0)) / deviation
    # the derivative of every entry of a column by every other, times the gradient
    J = np.eye(n, dtype=X.dtype)[:, :, None] - 1 / n - X_hat[:, None] * X_hat[None] / n
    dX = np.einsum("ijd,id->jd", J, dout * gamma / deviation)
    return dX.astype(X.dtype), np.einsum("nd,nd->d", dout, X_hat), np.einsum("nd->d", dout)
