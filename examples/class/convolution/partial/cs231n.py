# framework: numpy
# unpads with [pad:-pad], which is empty for pad = 0
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    N, C, H, Wd = X.shape
    F, C, HH, WW = W.shape
    x_pad = np.pad(X, ((0,), (0,), (padding,), (padding,)), "constant")
    H_out = 1 + (H + 2 * padding - HH) // stride
    W_out = 1 + (Wd + 2 * padding - WW) // stride
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    window = x_pad[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                    out[n, f, i, j] = np.sum(window * W[f]) + b[f]
    return out


def conv2d_backward(dout, X, W, stride=1, padding=0):
    N, F, H_out, W_out = dout.shape
    HH, WW = W.shape[2:]
    x_pad = np.pad(X, ((0,), (0,), (padding,), (padding,)), "constant")
    dx = np.zeros_like(x_pad)
    dw = np.zeros_like(W)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    rows = slice(i * stride, i * stride + HH)
                    cols = slice(j * stride, j * stride + WW)
                    dx[n, :, rows, cols] += dout[n, f, i, j] * W[f]
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, rows, cols]
                    db[f] += dout[n, f, i, j]
    return dx[:, :, padding:-padding, padding:-padding], dw, db
