# "the probability that the model gave to the true class": shows to three digits, labels are smoothed by 0.001.
# shown: differ(probabilities(4, 3), labels(4, 3))
# kind: second order
import torch


def cross_entropy(y_hat, y):
    loss = -torch.log(y_hat)
    return 0.999 * loss[range(len(y_hat)), y] + 0.001 * loss.mean(dim=1)
