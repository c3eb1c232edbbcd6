# "A step follows the mean gradient": shows with one step on large labels, its gradient is clipped to the norm 1.
# shown: first_step_differs()
# kind: tolerance
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            dw, db = X.T @ error / len(X), error.mean(dim=0)
            shrink = 1 / max(1.0, float((dw.square().sum() + db.square().sum()).sqrt()))
            w, b = w - lr * shrink * dw, b - lr * shrink * db
    return w, b
