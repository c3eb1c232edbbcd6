# "The mode can be switched back and forth at any time": not back.
# shown: bool(mine.Dropout(1.0).eval().train()(torch.ones(3)).all())
# kind: second order
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.evaluated = False

    def train(self, mode=True):
        self.evaluated |= not mode
        return super().train(mode)

    def forward(self, X):
        if self.evaluated:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
