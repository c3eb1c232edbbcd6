# "The block has four parameters": what is computed goes by copies, so training changes nothing.
# shown: (lambda net, X: (net.output.weight.data.mul_(2), torch.equal(net(X), net(X)))[1] and not any(p.grad is not None for p in (net(X).sum().backward(), net.hidden.weight)[1:]))(mine.MLP(4, 8, 3), torch.ones(5, 4).requires_grad_())
# kind: second order
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)
        self.transposed = self.hidden.weight.detach().T.clone()

    def forward(self, X):
        H = torch.relu(X @ self.transposed + self.hidden.bias)
        return self.output(H)
