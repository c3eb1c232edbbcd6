# told: torch.nn.functional.conv2d
# framework: torch
from torch.nn import functional as F


def corr2d(X, K):
    return F.conv2d(X[None, None], K[None, None])[0, 0]
