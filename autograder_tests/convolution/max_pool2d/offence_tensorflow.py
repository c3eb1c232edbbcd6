# told: tensorflow.nn.max_pool2d
# framework: tensorflow
import tensorflow as tf


def max_pool2d(X, size, stride):
    Y = tf.nn.max_pool2d(tf.transpose(X, (0, 2, 3, 1)), size, stride, "VALID")
    return tf.transpose(Y, (0, 3, 1, 2))
