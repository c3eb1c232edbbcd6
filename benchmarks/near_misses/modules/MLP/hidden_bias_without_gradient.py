# "Each of them gets a gradient": the bias of the hidden layer gets none.
# shown: (lambda net: (net(torch.ones(5, 4)).sum().backward(), net.hidden.bias.grad)[1] is None)(mine.MLP(4, 8, 3))
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = X @ self.hidden.weight.T + self.hidden.bias.detach()
        return self.output(torch.relu(H))
