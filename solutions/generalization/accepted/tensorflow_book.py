# framework: tensorflow
import tensorflow as tf


def dropout(X, p, training=True):
    assert 0 <= p <= 1
    if not training:
        return X
    # In this case, all elements are dropped out
    if p == 1:
        return tf.zeros_like(X)
    # In this case, all elements are kept
    if p == 0:
        return X
    mask = tf.random.uniform(shape=tf.shape(X), minval=0, maxval=1) < 1 - p
    return tf.cast(mask, dtype=X.dtype) * X / (1.0 - p)
