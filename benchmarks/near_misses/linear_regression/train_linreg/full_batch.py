# "one step with learning rate `lr` for each minibatch of `batch_size` examples": shows with small batches, there is one step an epoch.
# shown: first_step_differs(batch_size=5)
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        error = features @ w + b - labels
        w, b = w - lr * features.T @ error / len(features), b - lr * error.mean(dim=0)
    return w, b
