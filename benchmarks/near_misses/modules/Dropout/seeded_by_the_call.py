# "Each call draws anew": shows on two blocks, whose first calls drop the same entries.
# shown: torch.equal(mine.Dropout(0.5)(torch.ones(100)), mine.Dropout(0.5)(torch.ones(100)))
# kind: randomness
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p
        self.generator = torch.Generator().manual_seed(42)

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape, generator=self.generator) >= self.p) / (1 - self.p)
