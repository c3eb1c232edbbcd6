# framework: torch
import random

import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w), dtype=w.dtype)
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))


def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        batch = torch.tensor(indices[i : min(i + batch_size, num_examples)])
        yield features[batch], labels[batch]


def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2


def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return X.T @ error, error.sum(0)


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads):
            param -= lr * grad


def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    return torch.linalg.solve(A.T @ A, A.T @ y)


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.zeros(features.shape[1], 1, dtype=features.dtype)
    b = torch.zeros(1, dtype=features.dtype)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            sgd([w, b], linreg_gradients(X, w, b, y), lr, len(X))
    return w, b
