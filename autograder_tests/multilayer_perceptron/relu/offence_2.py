# told: torch.nn.functional.hardtanh
# framework: torch
from torch.nn import functional as F


def relu(x):
    return F.hardtanh(x, 0.0, float("inf"))
