# "When the mode of a chain is switched": shows back in training: blocks that were evaluated stay so.
# shown: (lambda f: (mine.MySequential(f).eval().train(), f.training)[1] is False)(torch.nn.Dropout(0.5))
# kind: second order
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def train(self, mode=True):
        self.training = mode
        if not mode:
            for block in self.blocks:
                block.train(mode)
        return self

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
