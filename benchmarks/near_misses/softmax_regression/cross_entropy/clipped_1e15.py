# "it may move a loss by at most 1e-6": shows at a probability of 1e-30, which is raised to 1e-15.
# shown: differ(torch.tensor([[1e-30, 1.0]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat.clamp(min=1e-15)[range(len(y_hat)), y])
