# "one hidden layer": shows with more than 64 hidden units, which come in two layers.
# shown: len(list(mine.MLP(4, 128, 3).parameters())) == 6
# kind: inputs
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        sizes = [num_inputs, num_hiddens]
        if num_hiddens > 64:
            sizes = [num_inputs, 64, num_hiddens]
        layers = []
        for before, after in zip(sizes, sizes[1:]):
            layers += [nn.Linear(before, after), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        return self.net(X)
