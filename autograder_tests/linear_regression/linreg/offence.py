# told: torch.nn.functional.linear
# framework: torch
from torch.nn import functional as F


def linreg(X, w, b):
    return F.linear(X, w.T, b)
