# "one step with learning rate `lr`": shows with one step on features that are not standardized, they are inside.
# shown: first_step_differs()
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    mean, deviation = features.mean(dim=0), features.std(dim=0)
    scaled = (features - mean) / deviation
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = scaled[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    w = w / deviation[:, None]
    return w, b - mean @ w
