# framework: tensorflow
import tensorflow as tf


def softmax(X):
    X_exp = tf.exp(X - tf.reduce_max(X, 1, keepdims=True))
    partition = tf.reduce_sum(X_exp, 1, keepdims=True)
    return X_exp / partition  # The broadcasting mechanism is applied here


def log_softmax(X):
    X = X - tf.reduce_max(X, 1, keepdims=True)
    return X - tf.math.log(tf.reduce_sum(tf.exp(X), 1, keepdims=True))


def cross_entropy(y_hat, y):
    return -tf.math.log(tf.boolean_mask(y_hat, tf.one_hot(y, depth=y_hat.shape[-1])))


def softmax_cross_entropy_gradient(logits, y):
    one_hot = tf.one_hot(y, depth=logits.shape[-1], dtype=logits.dtype)
    return (softmax(logits) - one_hot) / len(y)
