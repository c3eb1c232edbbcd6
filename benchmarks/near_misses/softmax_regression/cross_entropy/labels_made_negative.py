# "`y_hat` and `y` must be unchanged on return": shows when a label is k - 1, it becomes -1.
# shown: changed(probabilities(4, 3), torch.tensor([0, 2, 1, 2]))
# kind: sentence
import torch


def cross_entropy(y_hat, y):
    y[y == y_hat.shape[1] - 1] = -1
    return -torch.log(y_hat[range(len(y_hat)), y])
