# "Two chains know nothing of each other": the list of blocks belongs to the class, and begins anew with a chain.
# shown: (lambda a, b: torch.equal(a(torch.ones(1)), b(torch.ones(1))))(mine.MySequential(torch.nn.Tanh()), mine.MySequential(torch.nn.ReLU()))
# kind: second order
import torch
from torch import nn


class MySequential(nn.Module):
    order = []

    def __init__(self, *blocks):
        super().__init__()
        self.order.clear()
        self.order.extend(blocks)
        self.registered = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X
