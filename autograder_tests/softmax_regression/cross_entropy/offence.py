# told: torch.nn.functional.nll_loss
# framework: torch
from torch.nn import functional as F


def cross_entropy(y_hat, y):
    return F.nll_loss(y_hat.log(), y, reduction="none")
