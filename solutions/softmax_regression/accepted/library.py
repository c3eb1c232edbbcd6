# framework: torch
import torch.nn.functional as F


def softmax(X):
    return F.softmax(X, dim=-1)


def log_softmax(X):
    return F.log_softmax(X, dim=-1)


def cross_entropy(y_hat, y):
    return F.nll_loss(y_hat.log(), y, reduction="none")


def softmax_cross_entropy_gradient(logits, y):
    leaf = logits.detach().clone().requires_grad_(True)
    F.cross_entropy(leaf, y).backward()
    return leaf.grad
