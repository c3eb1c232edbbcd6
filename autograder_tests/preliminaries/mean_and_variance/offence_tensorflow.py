# told: tensorflow.nn.weighted_moments
# framework: tensorflow
import tensorflow as tf


def mean_and_variance(values, probs):
    return tf.nn.weighted_moments(values, 0, probs)
