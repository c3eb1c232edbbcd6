# framework: tensorflow
import tensorflow as tf


def conv2d(X, W, b, stride=1, padding=0):
    X = tf.pad(X, [[0, 0], [0, 0], [padding] * 2, [padding] * 2])
    (h, w), (kh, kw) = X.shape[2:], W.shape[2:]
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    Y = tf.zeros((X.shape[0], W.shape[0], rows, cols), X.dtype) + tf.reshape(b, (1, -1, 1, 1))
    for u in range(kh):
        for v in range(kw):
            part = X[:, :, u : u + (rows - 1) * stride + 1 : stride]
            part = part[:, :, :, v : v + (cols - 1) * stride + 1 : stride]
            Y += tf.einsum("nchw,oc->nohw", part, W[:, :, u, v])
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    X = tf.pad(X, [[0, 0], [0, 0], [padding] * 2, [padding] * 2])
    (h, w), (kh, kw) = X.shape[2:], W.shape[2:]
    rows, cols = dout.shape[2:]
    dX, dW = tf.zeros_like(X), []
    for u in range(kh):
        for v in range(kw):
            down = [u + stride * i for i in range(rows)]
            right = [v + stride * j for j in range(cols)]
            part = tf.gather(tf.gather(X, down, axis=2), right, axis=3)
            dW.append(tf.einsum("nohw,nchw->oc", dout, part))
            back = tf.einsum("nohw,oc->nchw", dout, W[:, :, u, v])
            to_rows = tf.one_hot(down, h, dtype=X.dtype)
            to_cols = tf.one_hot(right, w, dtype=X.dtype)
            dX += tf.einsum("nchw,hy,wx->ncyx", back, to_rows, to_cols)
    dW = tf.reshape(tf.stack(dW, axis=-1), W.shape)
    dX = dX[:, :, padding : h - padding, padding : w - padding]
    return dX, dW, tf.reduce_sum(dout, [0, 2, 3])
