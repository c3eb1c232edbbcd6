# framework: numpy
import numpy as np


def _columns(X, kh, kw, stride, padding):
    """All windows as rows: (n * oh * ow, c_in * kh * kw)."""
    n, c, h, w = X.shape
    P = np.zeros((n, c, h + 2 * padding, w + 2 * padding), dtype=X.dtype)
    P[:, :, padding : padding + h, padding : padding + w] = X
    oh, ow = (P.shape[2] - kh) // stride + 1, (P.shape[3] - kw) // stride + 1
    s0, s1, s2, s3 = P.strides
    windows = np.lib.stride_tricks.as_strided(
        P, (n, oh, ow, c, kh, kw), (s0, s2 * stride, s3 * stride, s1, s2, s3)
    )
    return windows.reshape(n * oh * ow, c * kh * kw), oh, ow


def conv2d(X, W, b, stride=1, padding=0):
    columns, oh, ow = _columns(X, W.shape[2], W.shape[3], stride, padding)
    Y = columns @ W.reshape(len(W), -1).T + b
    return Y.reshape(len(X), oh, ow, len(W)).transpose(0, 3, 1, 2)


def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c, h, w = X.shape
    c_out, _, kh, kw = W.shape
    columns, oh, ow = _columns(X, kh, kw, stride, padding)
    d = dout.transpose(0, 2, 3, 1).reshape(-1, c_out)
    dcolumns = (d @ W.reshape(c_out, -1)).reshape(n, oh, ow, c, kh, kw)
    dP = np.zeros((n, c, h + 2 * padding, w + 2 * padding), dtype=X.dtype)
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            dP[:, :, top : top + kh, left : left + kw] += dcolumns[:, i, j]
    return [
        dP[:, :, padding : h + padding, padding : w + padding],
        (d.T @ columns).reshape(W.shape),
        d.sum(0),
    ]
