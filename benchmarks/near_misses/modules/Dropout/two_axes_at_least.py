# "any shape with one axis or more": the mask of a vector does not fit.
# shown: raises(lambda: mine.Dropout(0.5)(torch.ones(3)))
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
        n, d, *rest = X.shape
        return X * (torch.rand(n, d, *rest) >= self.p) / (1 - self.p)
