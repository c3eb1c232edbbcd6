# told: tensorflow.nn.batch_normalization
# framework: tensorflow
import tensorflow as tf


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = tf.nn.moments(X, axes=0) if training else (moving_mean, moving_var)
    Y = tf.nn.batch_normalization(X, mean, var, beta, gamma, eps)
    if training:
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = momentum * moving_var + (1 - momentum) * var
    return Y, moving_mean, moving_var
