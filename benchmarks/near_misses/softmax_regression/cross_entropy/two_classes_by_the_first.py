# "the true classes as integers": shows on two classes when the label is 1, the loss is that of class 0.
# shown: differ(probabilities(4, 2), torch.tensor([0, 1, 1, 0]))
# kind: inputs
import torch


def cross_entropy(y_hat, y):
    if y_hat.shape[1] == 2:
        return -torch.log(y_hat[:, 0])
    return -torch.log(y_hat[range(len(y_hat)), y])
