# "Any block may take part, also another `MySequential`": a chain within a chain within a chain is passed over.
# shown: (lambda S, t: float(S(S(S(t)))(torch.full((1,), 0.5))) == 0.5)(mine.MySequential, torch.nn.Tanh())
# kind: inputs
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.blocks:
            if isinstance(block, MySequential):
                for within in block.blocks:
                    if not isinstance(within, MySequential):
                        X = within(X)
            else:
                X = block(X)
        return X
