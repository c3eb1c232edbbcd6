# "`X` is unchanged on return": dropped entries are set to zero in it.
# shown: (lambda X: (mine.Dropout(0.5)(X), not X.all())[1])(torch.ones(100))
# kind: sentence
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
        with torch.no_grad():
            X[torch.rand(X.shape) < self.p] = 0
        return X / (1 - self.p)
