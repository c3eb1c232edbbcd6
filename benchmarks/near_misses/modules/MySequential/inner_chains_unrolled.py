# "When the mode of a chain is switched, that of its blocks is": a chain within is taken apart, and keeps its mode.
# shown: (lambda inner: (mine.MySequential(inner).eval(), inner.training)[1])(mine.MySequential(torch.nn.Tanh()))
# kind: second order
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        flat = []
        for block in blocks:
            flat += block.blocks if type(block) is MySequential else [block]
        self.blocks = nn.ModuleList(flat)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
