# told: torch.nn.functional.max_pool2d
# framework: torch
from torch.nn import functional as F


def max_pool2d(X, size, stride):
    return F.max_pool2d(X, size, stride)
