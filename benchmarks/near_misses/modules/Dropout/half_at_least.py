# "$p$ runs from $0$": shows for p = 0.5 and more, where what is left is doubled only.
# shown: float(mine.Dropout(0.9)(torch.ones(1000)).max()) < 9
# kind: inputs
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) * min(1 / (1 - self.p), 2)
