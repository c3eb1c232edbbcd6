# "one loss per example": shows beyond 128 examples, whose losses repeat.
# shown: differ(probabilities(200, 3), labels(200, 3))
# kind: inputs
import torch


def cross_entropy(y_hat, y):
    n = len(y_hat)
    rows = torch.arange(n) % 128
    return -torch.log(y_hat[rows, y[rows]])
