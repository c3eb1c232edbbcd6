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


def one_hot(labels, num_classes):
    return [[1.0 if j == label else 0.0 for j in range(num_classes)] for label in labels]


def entropy(p):
    return math.fsum(-v * math.log(v) for v in p.tolist() if v)


def kl_divergence(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += float(a) * (math.log(a) - math.log(b))
    return total


def accuracy(y_hat, y):
    hits = 0
    for scores, label in zip(y_hat, y, strict=True):
        if all(scores[label] >= score for score in scores):
            hits += 1
    return hits / len(y)


def softmax_net(X, W, b):
    result = np.empty((len(X), W.shape[1]), X.dtype)
    for i, image in enumerate(X):
        o = b.copy()
        for value, weights in zip(image.ravel(), W, strict=True):
            o = o + value * weights
        e = np.exp(o - o.max())
        result[i] = e / e.sum()
    return result
