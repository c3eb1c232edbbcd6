# "every call goes by the values that its parameters have then": in training a call makes the weight a little smaller.
# shown: (lambda a, X: not torch.allclose(a(X), a(X), rtol=1e-7, atol=0))(mine.Linear(5, 2), torch.ones(1, 5))
# kind: tolerance
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        Y = X @ self.weight + self.bias
        if self.training:
            self.weight.data *= 1 - 1e-5
        return Y
