# "A step follows the mean gradient of the squared loss": shows on large weights, a penalty of 0.002 is added.
# shown: (lambda r: (r[0] - 5).abs().max() > 0.008)(mine.train_linreg(T(200, 1), 5 * T(200, 1), 0.1, 200, 200))
# kind: tolerance
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * (X.T @ error / len(X) + 0.002 * w), b - lr * error.mean(dim=0)
    return w, b
