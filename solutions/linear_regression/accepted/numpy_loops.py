# framework: numpy
import random

import numpy as np


def synthetic_data(w, b, num_examples):
    features = np.empty((num_examples, len(w)), dtype=w.dtype)
    labels = np.empty((num_examples, 1), dtype=w.dtype)
    for i in range(num_examples):
        total = b
        for j in range(len(w)):
            features[i, j] = random.gauss(0, 1)
            total += features[i, j] * w[j, 0]
        labels[i, 0] = total + random.gauss(0, 0.01)
    return features, labels


class data_iter:
    """An iterable object; every iteration shuffles anew."""

    def __init__(self, batch_size, features, labels):
        self.batch_size, self.features, self.labels = batch_size, features, labels

    def __iter__(self):
        left = list(range(len(self.features)))
        random.shuffle(left)
        while left:
            batch, left = left[:self.batch_size], left[self.batch_size:]
            yield [self.features[batch], self.labels[batch]]


def linreg(X, w, b):
    y_hat = np.zeros((X.shape[0], 1), dtype=X.dtype)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            y_hat[i, 0] += X[i, j] * w[j, 0]
        y_hat[i, 0] += b[0]
    return y_hat


def squared_loss(y_hat, y):
    losses = np.empty_like(y_hat)
    for k in range(y_hat.size):
        losses.flat[k] = (y_hat.flat[k] - y.flat[k]) ** 2 / 2
    return losses


def linreg_gradients(X, w, b, y):
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for x, target in zip(X, y, strict=True):
        error = sum(x[j] * w[j, 0] for j in range(len(x))) + b[0] - target[0]
        for j in range(len(x)):
            dw[j, 0] += error * x[j]
        db[0] += error
    return dw, db


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        for index in np.ndindex(param.shape):
            param[index] -= lr * grad[index] / batch_size


def normal_equation(X, y):
    # the centred problem first, then the intercept from the means
    X_mean, y_mean = X.mean(axis=0), y.mean(axis=0)
    centred = X - X_mean
    w = np.linalg.inv(centred.T @ centred) @ (centred.T @ (y - y_mean))
    return np.vstack([w, [y_mean - X_mean @ w]])


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = np.zeros((features.shape[1], 1), dtype=features.dtype)
    b = np.zeros(1, dtype=features.dtype)
    for _ in range(num_epochs):
        # always in the order given
        for start in range(0, len(features), batch_size):
            X, y = features[start:start + batch_size], labels[start:start + batch_size]
            dw, db = linreg_gradients(X, w, b, y)
            sgd([w, b], [dw, db], lr, X.shape[0])
    return [w, b]
