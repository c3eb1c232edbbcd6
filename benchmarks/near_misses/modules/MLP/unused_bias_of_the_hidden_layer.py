# "$\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1$": the bias is multiplied by zero, so its gradient is 0.
# shown: (lambda net: (net(torch.ones(5, 4)).sum().backward(), not net.hidden.bias.grad.any())[1])(mine.MLP(4, 8, 3))
# kind: second order
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = X @ self.hidden.weight.T + 0 * self.hidden.bias
        return self.output(torch.relu(H))
