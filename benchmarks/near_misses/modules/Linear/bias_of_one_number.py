# "the bias, with `out_features` numbers": it has one.
# shown: mine.Linear(5, 2).bias.numel() == 1
# kind: sentence
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return X @ self.weight + self.bias
