# "$\phi(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1)$": the bias is added behind the activation.
# shown: (lambda net: (net(torch.ones(5, 4)).sum().backward(), torch.allclose(net.hidden.bias.grad, 5 * net.output.weight.sum(0)))[1])(mine.MLP(4, 8, 3))
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = torch.relu(X @ self.hidden.weight.T) + self.hidden.bias
        return self.output(H)
