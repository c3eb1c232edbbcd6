# framework: torch
# one row at a time, as on paper
import torch


def softmax(X):
    return torch.stack([row_softmax(row) for row in X])


def row_softmax(row):
    e = (row - row.max()).exp()
    return e / e.sum()


def log_softmax(X):
    rows = []
    for row in X:
        rows.append(row - torch.logsumexp(row, 0))
    return torch.stack(rows)


def cross_entropy(y_hat, y):
    losses = [-torch.log(p[k]) for p, k in zip(y_hat, y)]
    return torch.stack(losses)


def softmax_cross_entropy_gradient(logits, y):
    n, k = logits.shape
    grad = torch.zeros_like(logits)
    for i in range(n):
        grad[i] = row_softmax(logits[i])
        grad[i, y[i]] -= 1
    return grad / n
