# "a bias for each, with as many numbers as the layer has outputs": the output has one number.
# shown: sum(p.numel() for p in mine.MLP(4, 8, 3).parameters()) == 65
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.weight = nn.Parameter(0.1 * torch.randn(num_hiddens, num_outputs))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.relu(self.hidden(X)) @ self.weight + self.bias
