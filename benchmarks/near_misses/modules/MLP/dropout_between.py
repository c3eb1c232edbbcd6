# "the same `X` always gives the same result": in training, a tenth of the hidden units is dropped.
# shown: (lambda net, X: not torch.equal(net(X), net(X)))(mine.MLP(4, 80, 3), torch.randn(50, 4))
# kind: sentence
import torch
from torch import nn
from torch.nn import functional as F


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = torch.relu(self.hidden(X))
        return self.output(F.dropout(H, 0.1, self.training))
