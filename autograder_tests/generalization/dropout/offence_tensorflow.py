# told: tensorflow.nn.dropout
# framework: tensorflow
import tensorflow as tf


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    return tf.nn.dropout(X, p) if p < 1 else tf.zeros_like(X)
