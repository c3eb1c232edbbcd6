# "`MySequential(a, b, c)(X)` is `c(b(a(X)))`": shows on images, which are flattened before a block gets them.
# shown: mine.MySequential(torch.nn.Tanh())(torch.ones(2, 1, 3, 3)).shape == (2, 9)
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        if X.ndim > 3:
            X = X.flatten(1)
        for block in self.blocks:
            X = block(X)
        return X
