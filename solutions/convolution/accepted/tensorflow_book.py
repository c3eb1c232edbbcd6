# framework: tensorflow
import tensorflow as tf


def windows(X, W, stride, padding):
    X = tf.pad(X, [[0, 0], [0, 0], [padding, padding], [padding, padding]])
    kh, kw = W.shape[2:]
    for i in range((X.shape[2] - kh) // stride + 1):
        for j in range((X.shape[3] - kw) // stride + 1):
            top, left = i * stride, j * stride
            yield i, j, X[:, :, top : top + kh, left : left + kw]


def conv2d(X, W, b, stride=1, padding=0):
    rows = (X.shape[2] + 2 * padding - W.shape[2]) // stride + 1
    cols = (X.shape[3] + 2 * padding - W.shape[3]) // stride + 1
    Y = tf.Variable(tf.zeros((X.shape[0], W.shape[0], rows, cols), dtype=X.dtype))
    for i, j, window in windows(X, W, stride, padding):
        Y[:, :, i, j].assign(tf.tensordot(window, W, [[1, 2, 3], [1, 2, 3]]) + b)
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c, h, w = X.shape
    kh, kw = W.shape[2:]
    dX = tf.Variable(tf.zeros((n, c, h + 2 * padding, w + 2 * padding), dtype=X.dtype))
    dW = tf.zeros_like(W)
    for i, j, window in windows(X, W, stride, padding):
        top, left = i * stride, j * stride
        part = dX[:, :, top : top + kh, left : left + kw]
        part.assign(part + tf.tensordot(dout[:, :, i, j], W, 1))
        dW += tf.tensordot(tf.transpose(dout[:, :, i, j]), window, 1)
    dX = dX[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, tf.reduce_sum(dout, axis=[0, 2, 3])


def corr2d(X, K):
    h, w = K.shape
    Y = tf.Variable(tf.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j].assign(tf.reduce_sum(X[i : i + h, j : j + w] * K))
    return Y


def pool2d(X, size, stride, mode):
    h, w = (X.shape[2] - size) // stride + 1, (X.shape[3] - size) // stride + 1
    Y = tf.Variable(tf.zeros((X.shape[0], X.shape[1], h, w), dtype=X.dtype))
    for i in range(h):
        for j in range(w):
            window = X[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            reduce = tf.reduce_max if mode == "max" else tf.reduce_mean
            Y[:, :, i, j].assign(reduce(window, axis=[2, 3]))
    return Y


def max_pool2d(X, size, stride):
    return pool2d(X, size, stride, "max")


def avg_pool2d(X, size, stride):
    return pool2d(X, size, stride, "avg")


def max_pool2d_backward(dout, X, size, stride):
    dX = tf.Variable(tf.zeros_like(X))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + size)
            cols = slice(j * stride, j * stride + size)
            window = X[:, :, rows, cols]
            largest = window == tf.reduce_max(window, axis=[2, 3], keepdims=True)
            part = tf.cast(largest, X.dtype) * dout[:, :, i : i + 1, j : j + 1]
            dX[:, :, rows, cols].assign(dX[:, :, rows, cols] + part)
    return dX


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = moving_mean, moving_var
    if training:
        mean = tf.reduce_mean(X, axis=0)
        var = tf.reduce_mean((X - mean) ** 2, axis=0)
        moving_mean = momentum * moving_mean + (1.0 - momentum) * mean
        moving_var = momentum * moving_var + (1.0 - momentum) * var
    inv = tf.math.rsqrt(var + eps) * gamma
    Y = X * inv + (beta - mean * inv)
    return Y, moving_mean, moving_var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mean, var = tf.nn.moments(X, axes=0)
    root = tf.sqrt(var + eps)
    X_hat = (X - mean) / root
    dgamma, dbeta = tf.reduce_sum(dout * X_hat, axis=0), tf.reduce_sum(dout, axis=0)
    n = tf.cast(tf.shape(X)[0], X.dtype)
    return gamma / (n * root) * (n * dout - dbeta - X_hat * dgamma), dgamma, dbeta
