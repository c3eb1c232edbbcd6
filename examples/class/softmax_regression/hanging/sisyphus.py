# sleeps
# framework: torch
import torch


def softmax(X):
    E = torch.exp(X - X.max(dim=1, keepdim=True).values)
    return E / E.sum(dim=1, keepdim=True)


def log_softmax(X):
    return X - torch.logsumexp(X, dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    import time

    time.sleep(3600)


def softmax_cross_entropy_gradient(logits, y):
    p = softmax(logits)
    p[torch.arange(len(y)), y] -= 1
    return p / len(y)
