# "The mode can be switched back and forth at any time": it is read when the block is made.
# shown: not mine.Dropout(1.0).eval()(torch.ones(3)).any()
# kind: sentence
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.active = self.training

    def forward(self, X):
        if not self.active:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
