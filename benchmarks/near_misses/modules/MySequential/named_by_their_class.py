# "The parameters of a `MySequential` are those of all its blocks": shows with two blocks of one class, of which the last is registered.
# shown: len(list(mine.MySequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)).parameters())) == 2
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.order = blocks
        for block in blocks:
            self.add_module(type(block).__name__, block)

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X
