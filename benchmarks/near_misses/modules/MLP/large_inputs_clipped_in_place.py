# "`X` must be unchanged on return": numbers beyond 100 are clipped in place.
# shown: (lambda X: (mine.MLP(4, 8, 3)(X), float(X.max()))[1] == 100)(1000 * torch.ones(5, 4))
# kind: inputs
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        X.clamp_(-100, 100)
        return self.output(torch.relu(self.hidden(X)))
