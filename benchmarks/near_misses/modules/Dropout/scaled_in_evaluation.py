# "Otherwise the result is `X`": it is multiplied by $1 - p$, and training does not divide.
# shown: float(mine.Dropout(0.5).eval()(torch.ones(1))) == 0.5
# kind: sentence
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if self.training:
            return X * (torch.rand(X.shape) >= self.p)
        return X * (1 - self.p)
