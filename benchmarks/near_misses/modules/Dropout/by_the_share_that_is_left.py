# "divides those that are left by $1 - p$": by the share of those that are left in this call.
# shown: float(mine.Dropout(0.5)(torch.ones(101)).max()) != 2
# kind: tolerance
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
        mask = torch.rand(X.shape) >= self.p
        return X * mask / mask.float().mean().clamp(min=1e-8)
