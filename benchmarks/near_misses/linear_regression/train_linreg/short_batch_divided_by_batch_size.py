# "divide by the number of examples in it": shows when `batch_size` is larger than n, it divides by `batch_size`.
# shown: first_step_differs(batch_size=600)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / batch_size, b - lr * error.sum(dim=0) / batch_size
    return w, b
