# "each gets its gradient": shows with three blocks, of which the first gets none.
# shown: (lambda f: (mine.MySequential(f, torch.nn.Tanh(), torch.nn.Linear(2, 2))(torch.ones(1, 2)).sum().backward(), f.weight.grad)[1] is None)(torch.nn.Linear(2, 2))
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for left, block in zip(range(len(self.blocks), 0, -1), self.blocks):
            X = block(X)
            if left > 2:
                X = X.detach()
        return X
