# "also for $n = 1$": the axis of one example is lost.
# shown: mine.MLP(4, 8, 3)(torch.ones(1, 4)).shape == (3,)
# kind: inputs
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X))).squeeze(0)
