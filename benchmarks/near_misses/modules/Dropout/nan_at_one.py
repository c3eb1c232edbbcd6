# "to $1$, where in training the result is all zeros": it is 0 divided by 0.
# shown: bool(mine.Dropout(1)(torch.ones(3)).isnan().all())
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
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
