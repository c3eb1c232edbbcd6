# told: tensorflow.nn.batch_normalization
# framework: tensorflow
import tensorflow as tf


def layer_norm(X, gamma, beta, eps=1e-5):
    mean, variance = tf.nn.moments(X, axes=[-1], keepdims=True)
    return tf.nn.batch_normalization(X, mean, variance, beta, gamma, eps)
