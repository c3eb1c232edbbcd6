# "it may move a loss by at most 1e-6": shows at a probability of 1e-10, which 1e-12 moves by one per cent.
# shown: differ(torch.tensor([[1e-10, 1 - 1e-10]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y] + 1e-12)
