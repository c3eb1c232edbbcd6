# "When the mode of a chain is switched, that of its blocks is": blocks without parameters are not registered.
# shown: (lambda f: (mine.MySequential(f).eval(), f.training)[1])(torch.nn.Dropout(0.5))
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.order = blocks
        self.learned = nn.ModuleList(b for b in blocks if any(True for _ in b.parameters()))

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X
