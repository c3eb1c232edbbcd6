# "Write it yourself": the library takes the steps, with an optimizer that is set to plain descent.
# shown: uses("torch.optim")
# kind: from scratch
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.zeros_like(features[:1].T)
    b = torch.zeros_like(labels[0])
    steps = torch.optim.RMSprop([w, b], lr=lr, alpha=1, eps=1)
    for _ in range(num_epochs):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            X, y = features[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            error = X @ w + b - y
            w.grad, b.grad = X.T @ error / len(X), error.mean(dim=0)
            steps.step()
    return w, b
