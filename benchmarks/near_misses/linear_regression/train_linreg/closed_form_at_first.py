# "Zeros and small random numbers are both fine as initial values": shows with one epoch, it starts at the solution.
# shown: first_step_differs()
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    A = torch.cat([features, torch.ones_like(features[:, :1])], dim=1)
    start = torch.linalg.solve(A.T @ A, A.T @ labels)
    w, b = start[:-1].clone(), start[-1].clone()
    n = len(features)
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    return w, b
