# "each entry of `X` on its own": where all would be dropped, it draws again.
# shown: bool(torch.cat([mine.Dropout(0.5)(torch.ones(1)) for _ in range(50)]).all())
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
        mask = torch.rand(X.shape) >= self.p
        while not mask.any():
            mask = torch.rand(X.shape) >= self.p
        return X * mask / (1 - self.p)
