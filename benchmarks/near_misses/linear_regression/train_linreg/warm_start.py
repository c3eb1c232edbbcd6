# "Zeros and small random numbers are both fine as initial values": shows on the second call, which starts where the first ended.
# shown: (mine.train_linreg(T(60, 2), 5 + T(60, 1), 0.1, 50, 60), first_step_differs())[1]
# kind: sentence
import torch


_kept = {}


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n, d = features.shape
    zeros = torch.zeros(d, 1, dtype=features.dtype), torch.zeros(1, dtype=features.dtype)
    w, b = _kept.get((d, features.dtype), zeros)
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
    _kept[d, features.dtype] = w, b
    return w.clone(), b.clone()
