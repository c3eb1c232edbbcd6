# "those of a block that comes twice count once": it is copied where it comes again.
# shown: (lambda f: len(list(mine.MySequential(f, f).parameters())) == 4)(torch.nn.Linear(2, 2))
# kind: sentence
import copy

import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        own = []
        for block in blocks:
            own.append(copy.deepcopy(block) if any(block is b for b in own) else block)
        self.blocks = nn.ModuleList(own)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
