# "one step with learning rate `lr`": shows with several epochs, the rate falls from each to the next.
# shown: first_step_differs(epochs=4)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for epoch in range(num_epochs):
        order = torch.randperm(n)
        rate = lr / (1 + 0.1 * epoch)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - rate * X.T @ error / len(X), b - rate * error.mean(dim=0)
    return w, b
