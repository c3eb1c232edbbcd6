# "Each call draws anew": shows where a shape comes again.
# shown: (lambda drop: torch.equal(drop(torch.ones(100)), drop(torch.ones(100))))(mine.Dropout(0.5))
# kind: second order
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.masks = {}

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        mask = self.masks.setdefault(X.shape, torch.rand(X.shape) >= self.p)
        return X * mask / (1 - self.p)
