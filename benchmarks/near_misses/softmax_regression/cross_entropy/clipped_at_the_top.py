# "it may move a loss by at most 1e-6": shows at a probability of 1, which is lowered by 1e-5.
# shown: differ(torch.tensor([[1.0, 1e-30]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat.clamp(max=1 - 1e-5)[range(len(y_hat)), y])
