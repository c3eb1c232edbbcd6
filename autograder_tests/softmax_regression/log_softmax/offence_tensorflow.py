# told: tensorflow.nn.log_softmax
# framework: tensorflow
import tensorflow as tf


def log_softmax(X):
    return tf.nn.log_softmax(X)
