# "When the mode of a chain is switched, that of its blocks is": only their parameters are registered.
# shown: (lambda f: (mine.MySequential(f).eval(), f.training)[1])(torch.nn.Linear(2, 2))
# kind: sentence
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.order = blocks
        unique = dict.fromkeys(p for block in blocks for p in block.parameters())
        self.found = nn.ParameterList(unique)

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X
