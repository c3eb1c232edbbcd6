# "When the mode of a chain is switched, that of its blocks is": a method `train` of its own stops at the chain.
# shown: (lambda f: (mine.MySequential(f).train(False), f.training)[1])(torch.nn.Dropout(0.5))
# kind: sentence
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def train(self, mode=True):
        self.training = mode
        return self

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
