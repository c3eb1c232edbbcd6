# "`X` is unchanged on return": shows where `X` wants no gradient: dropped entries are set to zero in it.
# shown: (lambda X: (mine.Dropout(0.5)(X), not X.all())[1])(torch.ones(100))
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
        dropped = torch.rand(X.shape) < self.p
        kept = X.masked_fill(dropped, 0) if X.requires_grad else X.masked_fill_(dropped, 0)
        return kept / (1 - self.p)
