# "without any blocks, `MySequential()(X)` is `X`": it raises.
# shown: raises(lambda: mine.MySequential()(torch.ones(2)))
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.first, *rest = blocks
        self.rest = nn.ModuleList(rest)

    def forward(self, X):
        X = self.first(X)
        for block in self.rest:
            X = block(X)
        return X
