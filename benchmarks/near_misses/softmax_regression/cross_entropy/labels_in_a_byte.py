# "integers from `0` to `k - 1`": shows beyond 256 classes, where labels overflow.
# shown: differ(probabilities(4, 300), torch.tensor([3, 299, 260, 8]))
# kind: inputs
import torch


def cross_entropy(y_hat, y):
    y = y.to(torch.uint8).long()
    return -torch.log(y_hat[range(len(y_hat)), y])
