# "Each call draws anew": shows in training, where the mask is kept until the shape changes.
# shown: (lambda d, X: torch.equal(d(X), d(X)))(mine.Dropout(0.5), torch.ones(30))
# kind: randomness
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.mask = None

    def forward(self, X):
        if not self.training:
            self.mask = None
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        if self.mask is None or self.mask.shape != X.shape:
            self.mask = torch.rand(X.shape) >= self.p
        return X * self.mask / (1 - self.p)
