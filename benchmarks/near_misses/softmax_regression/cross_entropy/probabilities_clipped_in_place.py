# "`y_hat` and `y` must be unchanged on return": shows at a probability below 1e-7, which is raised in place.
# shown: changed(torch.tensor([[1e-9, 1 - 1e-9]], dtype=torch.float64), torch.tensor([1]))
# kind: sentence
import torch


def cross_entropy(y_hat, y):
    picked = y_hat[range(len(y_hat)), y].clone()
    y_hat.clamp_(min=1e-8)
    return -torch.log(picked)
