# "each entry of `X` with probability $p$, on its own": as many are dropped in each call.
# shown: all(int((mine.Dropout(0.5)(torch.ones(100)) == 0).sum()) == 50 for _ in range(9))
# kind: randomness
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
        mask = torch.ones(X.numel())
        mask[torch.randperm(X.numel())[: round(self.p * X.numel())]] = 0
        return X * mask.reshape(X.shape) / (1 - self.p)
