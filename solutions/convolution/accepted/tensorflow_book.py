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
