# "every row sums to one": shows to seven digits, rows are divided by their sum and 1e-7.
# shown: differ(probabilities(4, 3), labels(4, 3))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    p = y_hat / (y_hat.sum(dim=1, keepdim=True) + 3e-6)
    return -torch.log(p[range(len(p)), y])
