# told: torch.nn.functional.mse_loss
# framework: torch
from torch.nn import functional as F


def squared_loss(y_hat, y):
    return F.mse_loss(y_hat, y.view_as(y_hat), reduction="none") / 2
