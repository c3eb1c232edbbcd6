# framework: numpy
import math

import numpy as np


def softmax(X):
    result = np.empty_like(X)
    for i, row in enumerate(X):
        largest = max(row)
        weights = [math.exp(v - largest) for v in row]
        result[i] = [w / sum(weights) for w in weights]
    return result


def log_softmax(X):
    result = np.zeros(X.shape, dtype=X.dtype)
    for i in range(X.shape[0]):
        largest = max(X[i])
        total = 0.0
        for v in X[i]:
            total += math.exp(v - largest)
        for j in range(X.shape[1]):
            result[i, j] = X[i, j] - largest - math.log(total)
    return result


def cross_entropy(y_hat, y):
    losses = [-math.log(max(row[label], 1e-12)) for row, label in zip(y_hat, y, strict=True)]
    return np.array(losses, dtype=y_hat.dtype)


def softmax_cross_entropy_gradient(logits, y):
    n, k = logits.shape
    probabilities = softmax(logits)
    gradient = np.zeros_like(logits)
    for i in range(n):
        for j in range(k):
            gradient[i, j] = (probabilities[i, j] - (1.0 if j == y[i] else 0.0)) / n
    return gradient
