# "one step for each minibatch of batch_size examples": batches above 32 are split into several steps
# shown: first_step_differs(lr=0.1, batch_size=60, n=60)
# kind: inputs

import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.zeros(features.shape[1], 1, dtype=features.dtype)
    b = torch.zeros(1, dtype=features.dtype)
    for _ in range(num_epochs):
        for part in torch.randperm(len(features)).split(min(batch_size, 32)):
            X, y = features[part], labels[part]
            e = X @ w + b - y
            w, b = w - lr * X.T @ e / len(X), b - lr * e.mean(0)
    return w, b
