# told: torch.nn.functional.avg_pool2d
# framework: torch
from torch.nn import functional as F


def avg_pool2d(X, size, stride):
    return F.avg_pool2d(X, size, stride)
