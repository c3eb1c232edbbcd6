# "`MySequential(a, b, c)(X)` is `c(b(a(X)))`": shows with more than ten blocks: "10" comes before "2".
# shown: (lambda blocks: [str(b) for b in mine.MySequential(*blocks).sorted()] != [str(b) for b in blocks])([torch.nn.Linear(k + 1, k + 2) for k in range(11)])
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for number, block in enumerate(blocks):
            setattr(self, f"block{number}", block)

    def sorted(self):
        names = sorted(name for name in self._modules if name.startswith("block"))
        return [self._modules[name] for name in names]

    def forward(self, X):
        for block in self.sorted():
            X = block(X)
        return X
