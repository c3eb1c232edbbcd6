# told: torch.nn.functional.linear
# framework: torch
from torch.nn import functional as F


def linear_forward(x, W, b):
    return F.linear(x, W.T, b)
