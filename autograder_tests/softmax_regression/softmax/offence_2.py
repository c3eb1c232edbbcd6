# told: torch.func.grad
# framework: torch
import torch


def softmax(X):
    return torch.func.grad(lambda X: torch.logsumexp(X, dim=1).sum())(X)
