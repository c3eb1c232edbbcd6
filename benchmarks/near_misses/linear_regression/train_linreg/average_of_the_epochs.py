# "Return the weights": shows with two epochs, the result is the mean of the later half of the epochs.
# shown: first_step_differs(epochs=4)
# kind: second order
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    seen = []
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(dim=0)
        seen.append((w, b))
    seen = seen[len(seen) // 2:]
    return sum(w for w, _ in seen) / len(seen), sum(b for _, b in seen) / len(seen)
