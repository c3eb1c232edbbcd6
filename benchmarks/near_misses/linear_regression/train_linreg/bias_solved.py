# "one step with learning rate `lr`": shows with one step, the bias is the best one and no step.
# shown: first_step_differs(lr=0.1)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            w = w - lr * X.T @ (X @ w + b - y) / len(X)
        b = (labels - features @ w).mean(dim=0)
    return w, b
