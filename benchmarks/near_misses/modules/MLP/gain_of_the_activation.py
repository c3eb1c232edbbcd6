# "four parameters and no more": the activation has one of its own.
# shown: len(list(mine.MLP(4, 8, 3).parameters())) == 5
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.activation = nn.PReLU()
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(self.activation(self.hidden(X)))
