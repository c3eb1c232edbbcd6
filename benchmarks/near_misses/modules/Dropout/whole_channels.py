# "each entry of `X` on its own": shows with four axes, where whole channels are dropped.
# shown: (lambda Y: bool((Y == Y[:, :, :1, :1]).all()))(mine.Dropout(0.5)(torch.ones(4, 5, 6, 6)))
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
        shape = (*X.shape[:2], 1, 1) if X.ndim == 4 else X.shape
        return X * (torch.rand(shape) >= self.p) / (1 - self.p)
