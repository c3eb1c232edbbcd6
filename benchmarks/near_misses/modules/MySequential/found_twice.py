# "those of a block that comes twice count once": they are listed once for each time.
# shown: (lambda f: len(list(mine.MySequential(f, f).parameters())) == 4)(torch.nn.Linear(2, 2))
# kind: sentence
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def parameters(self, recurse=True):
        return (p for block in self.blocks for p in block.parameters(recurse))

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
