# "the examples that are really in the minibatch": a short one is filled with its first ones again
# shown: (lambda X, y: float((mine.train_linreg(X, y, 0.3, 1, 60)[0] - right.train_linreg(X, y, 0.3, 1, 60)[0]).abs().max()) > 0.02)(T(40, 2), 9 * T(40, 1))
# kind: second order

import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.zeros(features.shape[1], 1, dtype=features.dtype)
    b = torch.zeros(1, dtype=features.dtype)
    for _ in range(num_epochs):
        for part in torch.randperm(len(features)).split(batch_size):
            part = part[torch.arange(batch_size) % len(part)]
            X, y = features[part], labels[part]
            e = X @ w + b - y
            w, b = w - lr * X.T @ e / batch_size, b - lr * e.mean(0)
    return w, b
