# "the same block may come twice and is called twice": the children of a module come once.
# shown: (lambda f: float(mine.MySequential(f, f)(torch.full((1,), 0.5))) == float(torch.tanh(torch.tensor(0.5))))(torch.nn.Tanh())
# kind: sentence
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for number, block in enumerate(blocks):
            self.add_module(str(number), block)

    def forward(self, X):
        for block in self.children():
            X = block(X)
        return X
