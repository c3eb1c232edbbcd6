# "The weights begin at random": those of the output begin at zero, so all blocks begin alike.
# shown: not mine.MLP(4, 8, 3)(torch.randn(5, 4)).any()
# kind: randomness
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X)))
