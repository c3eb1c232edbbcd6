# "a non-linear activation": it is applied in training mode alone.
# shown: (lambda net, X: torch.allclose(net(X) + net(-X), 2 * net(0 * X), atol=1e-5))(mine.MLP(4, 8, 3).eval(), torch.randn(5, 4))
# kind: second order
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = self.hidden(X)
        if self.training:
            H = torch.relu(H)
        return self.output(H)
