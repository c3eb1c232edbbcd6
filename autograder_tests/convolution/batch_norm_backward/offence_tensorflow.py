# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    given = [tf.Variable(X), tf.Variable(gamma), tf.Variable(0 * gamma)]
    with tf.GradientTape() as tape:
        mean, var = tf.nn.moments(given[0], axes=0)
        Y = given[1] * (given[0] - mean) / tf.sqrt(var + eps) + given[2]
    return tape.gradient(Y, given, dout)
