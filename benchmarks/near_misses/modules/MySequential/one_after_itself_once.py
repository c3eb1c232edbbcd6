# "the same block may come twice and is called twice": shows where it follows itself at once.
# shown: (lambda f: float(mine.MySequential(f, f)(torch.full((1,), 0.5))) == float(torch.tanh(torch.tensor(0.5))))(torch.nn.Tanh())
# kind: inputs
import itertools

import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(block for block, _ in itertools.groupby(blocks))

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
