# told: tensorflow.nn.conv2d
# framework: tensorflow
import tensorflow as tf


def conv2d(X, W, b, stride=1, padding=0):
    X = tf.pad(X, [[0, 0], [0, 0], [padding, padding], [padding, padding]])
    images, kernels = tf.transpose(X, [0, 2, 3, 1]), tf.transpose(W, [2, 3, 1, 0])
    Y = tf.nn.conv2d(images, kernels, stride, "VALID") + b
    return tf.transpose(Y, [0, 3, 1, 2])
