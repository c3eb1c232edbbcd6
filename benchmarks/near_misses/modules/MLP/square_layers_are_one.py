# "four parameters": shows where both layers have the same sizes, which are one layer then.
# shown: len(list(mine.MLP(4, 4, 4).parameters())) == 2
# kind: inputs
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        layers = {}
        for sizes in [(num_inputs, num_hiddens), (num_hiddens, num_outputs)]:
            layers.setdefault(sizes, nn.Linear(*sizes))
        self.hidden = layers[num_inputs, num_hiddens]
        self.output = layers[num_hiddens, num_outputs]

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X)))
