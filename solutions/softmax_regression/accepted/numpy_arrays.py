# framework: numpy
import numpy as np


def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def log_softmax(X):
    largest = np.max(X, axis=1, keepdims=True)
    return X - (largest + np.log(np.sum(np.exp(X - largest), axis=1, keepdims=True)))


def cross_entropy(y_hat, y):
    return -np.log(y_hat[np.arange(len(y)), y])


def softmax_cross_entropy_gradient(logits, y):
    one_hot = np.eye(logits.shape[1], dtype=logits.dtype)[y]
    return (softmax(logits) - one_hot) / logits.shape[0]
