# "with probability $p$": in whole percent, so 0.005 is nothing.
# shown: bool(mine.Dropout(0.004)(torch.ones(100000)).all())
# kind: tolerance
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = round(100 * p) / 100

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        mask = torch.randint(100, X.shape) >= round(100 * self.p)
        return X * mask / (1 - self.p)
