# framework: numpy
import math

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


def corr2d(X, K):
    (h, w), (kh, kw) = X.shape, K.shape
    Y = np.zeros((h - kh + 1, w - kw + 1), dtype=X.dtype)
    for i, j in np.ndindex(*Y.shape):
        for u, v in np.ndindex(kh, kw):
            Y[i, j] += X[i + u, j + v] * K[u, v]
    return Y


def max_pool2d(X, size, stride):
    n, c, h, w = X.shape
    Y = np.empty((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for m, k, i, j in np.ndindex(*Y.shape):
        largest = -math.inf
        for u, v in np.ndindex(size, size):
            largest = max(largest, X[m, k, i * stride + u, j * stride + v])
        Y[m, k, i, j] = largest
    return Y


def avg_pool2d(X, size, stride):
    n, c, h, w = X.shape
    Y = np.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for m, k, i, j in np.ndindex(*Y.shape):
        for u, v in np.ndindex(size, size):
            Y[m, k, i, j] += X[m, k, i * stride + u, j * stride + v] / (size * size)
    return Y


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for m, k, i, j in np.ndindex(*dout.shape):
        places = [(i * stride + u, j * stride + v) for u, v in np.ndindex(size, size)]
        row, col = max(places, key=lambda place: X[m, k, place[0], place[1]])
        dX[m, k, row, col] += dout[m, k, i, j]
    return dX


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    n, d = X.shape
    Y, mean, var = np.empty_like(X), moving_mean.copy(), moving_var.copy()
    for k in range(d):
        mu, sigma2 = moving_mean[k], moving_var[k]
        if training:
            mu = sum(X[:, k]) / n
            sigma2 = sum((x - mu) ** 2 for x in X[:, k]) / n
            mean[k] = momentum * mean[k] + (1 - momentum) * mu
            var[k] = momentum * var[k] + (1 - momentum) * sigma2
        for i in range(n):
            Y[i, k] = gamma[k] * (X[i, k] - mu) / math.sqrt(sigma2 + eps) + beta[k]
    return Y, mean, var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    # step by step back through the computation, as one would on paper
    n = X.shape[0]
    centred = X - X.mean(axis=0)
    var = (centred**2).mean(axis=0)
    root = np.sqrt(var + eps)
    dX_hat = dout * gamma
    dvar = (dX_hat * centred).sum(axis=0) * -0.5 * root**-3
    dmean = -dX_hat.sum(axis=0) / root
    dX = dX_hat / root + dvar * 2 * centred / n + dmean / n
    return [dX, (dout * centred / root).sum(axis=0), dout.sum(axis=0)]
