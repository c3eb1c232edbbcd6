# "`features` and `labels` must be unchanged on return": shows with several batches, the data come back shuffled.
# shown: changed(T(60, 2), T(60, 1), 0.1, 3, 10)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        features[:], labels[:] = features[order], labels[order]
        for i in range(0, n, batch_size):
            X, y = features[i:i + batch_size], labels[i:i + batch_size]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
