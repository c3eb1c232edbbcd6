# "sets each entry of `X` to $0$ with probability $p$": below a twentieth, nothing is dropped.
# shown: bool(mine.Dropout(0.04)(torch.ones(1000)).all())
# kind: inputs
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not self.training or self.p < 0.05:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
