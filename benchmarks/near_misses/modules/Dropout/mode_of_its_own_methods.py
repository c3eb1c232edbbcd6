# "also through a block that contains this one": `eval` of a block that contains it does not reach its own `eval`.
# shown: not torch.nn.Sequential(mine.Dropout(1.0)).eval()(torch.ones(3)).any()
# kind: second order
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.active = True

    def eval(self):
        self.active = False
        return super().eval()

    def train(self, mode=True):
        if mode:
            self.active = True
        return super().train(mode)

    def forward(self, X):
        if not self.active:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
