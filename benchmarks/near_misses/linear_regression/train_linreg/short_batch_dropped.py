# "`num_epochs` times through the data": shows when the last batch is short and one epoch is all, its examples are not used.
# shown: first_step_differs(batch_size=40, n=60, lr=0.5)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    batch_size = min(batch_size, n)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n - batch_size + 1, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
