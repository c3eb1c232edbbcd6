# told: torch.nn.functional.conv2d
# framework: torch
from torch.nn import functional as F


def conv2d(X, W, b, stride=1, padding=0):
    return F.conv2d(X, W, b, stride=stride, padding=padding)
