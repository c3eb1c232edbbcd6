# framework: tensorflow
import math

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


def l2_penalty(w):
    return tf.reduce_sum(tf.pow(w, 2)) / 2


def l1_penalty(w):
    return tf.reduce_sum(tf.abs(w))


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param.assign_sub(lr * (grad / batch_size + wd * param))


def dropout_backward(dout, mask, p):
    if p == 1:
        return tf.zeros_like(dout)
    return dout * mask / (1.0 - p)


def polynomial_features(x, degree):
    powers = [tf.pow(x, i) / math.gamma(i + 1) for i in range(degree + 1)]
    return tf.stack(powers, axis=1)


def k_fold(k, i, X, y):
    assert k > 1
    fold_size = X.shape[0] // k
    X_train, y_train = None, None
    for j in range(k):
        idx = slice(j * fold_size, (j + 1) * fold_size)
        X_part, y_part = X[idx], y[idx]
        if j == i:
            X_valid, y_valid = X_part, y_part
        elif X_train is None:
            X_train, y_train = X_part, y_part
        else:
            X_train = tf.concat([X_train, X_part], 0)
            y_train = tf.concat([y_train, y_part], 0)
    return X_train, y_train, X_valid, y_valid


def standardize(train, test):
    mean = tf.reduce_mean(train, axis=0)
    std = tf.math.reduce_std(train, axis=0)
    std = tf.where(std == 0, tf.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


def encode_categories(column, categories):
    places = [len(categories) if v is None else categories.index(v) for v in column]
    return tf.one_hot(places, depth=len(categories) + 1)


def log_rmse(predictions, labels):
    clipped_preds = tf.clip_by_value(predictions, 1, predictions.dtype.max)
    squares = (tf.math.log(clipped_preds) - tf.math.log(labels)) ** 2
    return tf.sqrt(tf.reduce_mean(squares))


def xavier_normal(fan_in, fan_out):
    return tf.random.normal((fan_in, fan_out), stddev=(2 / (fan_in + fan_out)) ** 0.5)


def gradient_norms(depth, activation):
    f = tf.nn.relu if activation == "relu" else tf.nn.sigmoid
    weights = [
        tf.Variable(tf.random.normal((64, 64), stddev=(2 / 64) ** 0.5)) for _ in range(depth)
    ]
    h = tf.ones((1, 64))
    with tf.GradientTape() as t:
        for W in weights:
            h = f(tf.matmul(h, W))
        l = tf.reduce_sum(h)
    return [tf.norm(gradient) for gradient in t.gradient(l, weights)]


def covariate_shift_weights(p_source):
    return (1 - p_source) / p_source
