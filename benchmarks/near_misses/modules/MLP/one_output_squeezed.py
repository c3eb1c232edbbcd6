# "turns `(n, 4)` into `(n, 3)`": shows with one output, whose axis is lost.
# shown: mine.MLP(4, 8, 1)(torch.ones(5, 4)).shape == (5,)
# kind: inputs
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X))).squeeze(1)
