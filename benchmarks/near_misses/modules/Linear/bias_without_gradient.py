# "both get their gradients": the bias gets none.
# shown: (lambda a: (a(torch.ones(1, 5)).sum().backward(), a.bias.grad)[1] is None)(mine.Linear(5, 2))
# kind: sentence
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias.data
