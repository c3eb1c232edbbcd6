# "Each call draws anew": the generator begins anew with each.
# shown: (lambda drop: torch.equal(drop(torch.ones(100)), drop(torch.ones(100))))(mine.Dropout(0.5))
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
        generator = torch.Generator().manual_seed(0)
        return X * (torch.rand(X.shape, generator=generator) >= self.p) / (1 - self.p)
