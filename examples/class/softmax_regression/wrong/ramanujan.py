# framework: torch
import torch


def softmax(X):
    print(torch.softmax(X, 1))  # printed, not returned


def log_softmax(X):
    return "log softmax"


def cross_entropy(y_hat, y):
    return {"loss": 0.5}


def softmax_cross_entropy_gradient(logits, y):
    return logits
