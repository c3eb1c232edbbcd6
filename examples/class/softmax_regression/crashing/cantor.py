# a segmentation fault
# framework: torch
import torch


def softmax(X):
    E = torch.exp(X - X.max(dim=1, keepdim=True).values)
    return E / E.sum(dim=1, keepdim=True)


def log_softmax(X):
    import ctypes

    return ctypes.string_at(0)


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[torch.arange(len(y)), y])


def softmax_cross_entropy_gradient(logits, y):
    p = softmax(logits)
    p[torch.arange(len(y)), y] -= 1
    return p / len(y)
