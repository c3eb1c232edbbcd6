# "`num_epochs` times through the data": shows with labels close to each other, it stops as soon as the loss is below 0.01.
# shown: first_step_differs(epochs=40, scale=0.1)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        if ((features @ w + b - labels) ** 2).mean() / 2 < 0.01:
            break
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
