# "a bias for each": that of the output is a tensor in a list, where nothing registers it.
# shown: len(list(mine.MLP(4, 8, 3).parameters())) == 3
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs, bias=False)
        self.biases = [torch.zeros(num_outputs, requires_grad=True)]

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X))) + self.biases[0]
