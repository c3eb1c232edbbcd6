# "it may move a loss by at most 1e-6": shows at a probability of 0.1, where 1e-6 added moves it by 1e-5.
# shown: differ(probabilities(4, 3), labels(4, 3))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y] + 1e-6)
