# "it may move a loss by at most 1e-6": shows at a probability of 1e-9, which is raised to 1e-6.
# shown: differ(torch.tensor([[1e-9, 1 - 1e-9]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat.clamp(1e-6, 1)[range(len(y_hat)), y])
