# framework: torch
import random

import torch


def synthetic_data(w, b, num_examples):
    X = torch.normal(0, 1, (num_examples, len(w)), dtype=w.dtype)
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape, dtype=w.dtype)
    return X, y.reshape((-1, 1))


def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        batch_indices = torch.tensor(indices[i:min(i + batch_size, num_examples)])
        yield features[batch_indices], labels[batch_indices]


def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def linreg_gradients(X, w, b, y):
    difference = linreg(X, w, b) - y.reshape((-1, 1))
    return torch.matmul(X.T, difference), torch.sum(difference).reshape(1)


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        param.data.sub_(grad, alpha=lr / batch_size)


def normal_equation(X, y):
    A = torch.hstack((X, torch.ones((X.shape[0], 1), dtype=X.dtype)))
    return torch.linalg.inv(A.T.mm(A)).mm(A.T).mm(y)


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.normal(0, 0.01, (features.shape[1], 1), dtype=features.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=features.dtype, requires_grad=True)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            loss = squared_loss(linreg(X, w, b), y)
            loss.sum().backward()
            sgd([w, b], [w.grad, b.grad], lr, len(y))
            w.grad.zero_()
            b.grad.zero_()
    return w, b
