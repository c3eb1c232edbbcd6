# "whatever changes their parameters changes the result": the result for the same object `X` is kept.
# shown: (lambda f, X: (lambda net: torch.equal(net(X), (f.weight.data.mul_(2), net(X))[1]))(mine.MySequential(f)))(torch.nn.Linear(2, 2), torch.ones(1, 2))
# kind: second order
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.last = None, None

    def forward(self, X):
        if self.last[0] is not X:
            Y = X
            for block in self.blocks:
                Y = block(Y)
            self.last = X, Y
        return self.last[1]
