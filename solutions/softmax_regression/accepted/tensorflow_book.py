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


def one_hot(labels, num_classes):
    return tf.cast(tf.equal(labels[:, None], tf.range(num_classes, dtype=labels.dtype)), tf.float32)


def entropy(p):
    # zero times the logarithm of zero is nan, which does not count
    terms = -p * tf.math.log(p)
    return tf.reduce_sum(tf.boolean_mask(terms, ~tf.math.is_nan(terms)))


def kl_divergence(p, q):
    return tf.reduce_sum(tf.math.multiply_no_nan(tf.math.log(p / q), p))


def accuracy(y_hat, y):
    cmp = tf.cast(tf.argmax(y_hat, axis=1), y.dtype) == y
    return float(tf.reduce_sum(tf.cast(cmp, tf.float32))) / len(y)


def softmax_net(X, W, b):
    return softmax(tf.matmul(tf.reshape(X, (-1, W.shape[0])), W) + b)
