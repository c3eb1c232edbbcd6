# told: tensorflow.nn.conv2d
# framework: tensorflow
import tensorflow as tf


def corr2d(X, K):
    Y = tf.nn.conv2d(X[None, :, :, None], K[:, :, None, None], strides=1, padding="VALID")
    return Y[0, :, :, 0]
