# framework: tensorflow
import random

import tensorflow as tf


def synthetic_data(w, b, num_examples):
    X = tf.zeros((num_examples, w.shape[0]), dtype=w.dtype)
    X += tf.random.normal(shape=X.shape, dtype=w.dtype)
    y = tf.matmul(X, tf.reshape(w, (-1, 1))) + b
    y += tf.random.normal(shape=y.shape, stddev=0.01, dtype=w.dtype)
    y = tf.reshape(y, (-1, 1))
    return X, y


def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    # The examples are read at random, in no particular order
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        j = tf.constant(indices[i : min(i + batch_size, num_examples)])
        yield tf.gather(features, j), tf.gather(labels, j)


def linreg(X, w, b):
    return tf.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - tf.reshape(y, y_hat.shape)) ** 2 / 2


def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return tf.matmul(X, error, transpose_a=True), tf.reduce_sum(error, axis=0)


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        param.assign_sub(lr * grad / batch_size)


def normal_equation(X, y):
    X = tf.concat([X, tf.ones((X.shape[0], 1), dtype=X.dtype)], axis=1)
    gram = tf.matmul(X, X, transpose_a=True)
    return tf.linalg.solve(gram, tf.matmul(X, y, transpose_a=True))


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = tf.Variable(
        tf.random.normal(shape=(features.shape[1], 1), mean=0, stddev=0.01, dtype=features.dtype),
        trainable=True,
    )
    b = tf.Variable(tf.zeros(1, dtype=features.dtype), trainable=True)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with tf.GradientTape() as g:
                l = squared_loss(linreg(X, w, b), y)
            # Compute the gradient of l with respect to [w, b]
            dw, db = g.gradient(l, [w, b])
            sgd([w, b], [dw, db], lr, X.shape[0])
    return w, b
