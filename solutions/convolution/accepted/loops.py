# framework: numpy
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    n, c_in, h, w = X.shape
    c_out, _, kh, kw = W.shape
    oh, ow = (h + 2 * padding - kh) // stride + 1, (w + 2 * padding - kw) // stride + 1
    Y = np.zeros((n, c_out, oh, ow), dtype=X.dtype)
    for m, o, i, j in np.ndindex(n, c_out, oh, ow):
        total = b[o]
        for c, u, v in np.ndindex(c_in, kh, kw):
            row, col = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < h and 0 <= col < w:
                total = total + X[m, c, row, col] * W[o, c, u, v]
        Y[m, o, i, j] = total
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    db = np.zeros(W.shape[0], dtype=W.dtype)
    for m, o, i, j in np.ndindex(*dout.shape):
        d = dout[m, o, i, j]
        db[o] += d
        for c, u, v in np.ndindex(*W.shape[1:]):
            row, col = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < h and 0 <= col < w:
                dX[m, c, row, col] += d * W[o, c, u, v]
                dW[o, c, u, v] += d * X[m, c, row, col]
    return dX, dW, db
