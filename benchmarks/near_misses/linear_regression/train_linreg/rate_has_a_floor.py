# "one step with learning rate `lr`": shows with a rate below 0.01, which is raised to it.
# shown: first_step_differs(lr=0.001, epochs=20)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n, lr = len(features), max(lr, 0.01)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
