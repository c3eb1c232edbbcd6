# "one step with learning rate `lr`": shows with a rate other than 0.03, which is used always.
# shown: first_step_differs(lr=0.2)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n, lr = len(features), 0.03
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
