# "$\mathbf{Y} = \mathbf{X} \mathbf{W} + \mathbf{b}$": shows with weights beyond 3, which count as 3.
# shown: (lambda a: (a.weight.data.fill_(7), float(a(torch.ones(1, 5))[0, 0]))[1] == 15)(mine.Linear(5, 2))
# kind: inputs
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight.clamp(-3, 3) + self.bias
