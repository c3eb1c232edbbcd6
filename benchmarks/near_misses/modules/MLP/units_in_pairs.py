# "no two hidden units are alike": each begins like its neighbour.
# shown: (lambda W: torch.equal(W[0], W[1]))(mine.MLP(4, 8, 3).hidden.weight)
# kind: randomness
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)
        with torch.no_grad():
            for layer in (self.hidden.weight, self.hidden.bias, self.output.weight.T):
                pairs = len(layer) // 2
                layer[1 : 2 * pairs : 2] = layer[0 : 2 * pairs : 2]

    def forward(self, X):
        return self.output(torch.tanh(self.hidden(X)))
