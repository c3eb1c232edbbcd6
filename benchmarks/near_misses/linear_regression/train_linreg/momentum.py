# "A step follows the mean gradient": shows with several steps, they gain momentum.
# shown: first_step_differs(epochs=5)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    vw, vb = 0 * w, 0 * b
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            vw, vb = 0.5 * vw + X.T @ error / len(X), 0.5 * vb + error.mean(dim=0)
            w, b = w - lr * vw, b - lr * vb
    return w, b
