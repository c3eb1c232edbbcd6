# "two blocks, which share no parameters": shows on two blocks of the same sizes.
# shown: mine.MLP(4, 8, 3).hidden is mine.MLP(4, 8, 3).hidden
# kind: second order
import functools

import torch
from torch import nn

layer = functools.lru_cache(nn.Linear)


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = layer(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X)))
