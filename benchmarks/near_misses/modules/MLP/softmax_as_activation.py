# "applied to each number by itself": the softmax of a row takes all its numbers.
# shown: uses("softmax(self.hidden(X), dim=1)")
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(torch.softmax(self.hidden(X), dim=1))
