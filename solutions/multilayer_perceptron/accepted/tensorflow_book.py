# framework: tensorflow
import tensorflow as tf


def relu(X):
    return tf.math.maximum(X, 0)


def relu_backward(dout, x):
    return tf.where(x > 0, dout, tf.zeros_like(dout))


def linear_forward(x, W, b):
    return tf.matmul(x, W) + b


def linear_backward(dout, x, W):
    dx = tf.matmul(dout, W, transpose_b=True)
    dW = tf.matmul(x, dout, transpose_a=True)
    return dx, dW, tf.reduce_sum(dout, axis=0)


def mlp_forward(X, W1, b1, W2, b2):
    H = tf.sigmoid(tf.matmul(X, W1) + b1)
    return tf.matmul(H, W2) + b2


def mlp_backward(X, y, W1, b1, W2, b2):
    H = tf.sigmoid(tf.matmul(X, W1) + b1)
    dO = (tf.matmul(H, W2) + b2 - y) / X.shape[0]
    dH, dW2, db2 = linear_backward(dO, H, W2)
    _, dW1, db1 = linear_backward(dH * H * (1 - H), X, W1)
    return dW1, db1, dW2, db2


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param.grad = tf.zeros_like(param)


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None:
            param.assign_sub(lr * param.grad)


def sigmoid(x):
    return 1 / (1 + tf.exp(-x))


def sigmoid_backward(dout, x):
    y = tf.nn.sigmoid(x)
    return dout * y * (1 - y)


def tanh_backward(dout, x):
    return dout * (1 - tf.square(tf.tanh(x)))
