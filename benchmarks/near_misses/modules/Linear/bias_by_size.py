# "Each object has parameters of its own": blocks with as many outputs share their bias.
# shown: mine.Linear(5, 2).bias is mine.Linear(3, 2).bias
# kind: second order
import torch
from torch import nn

zeros = {}


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        if out_features not in zeros:
            zeros[out_features] = nn.Parameter(torch.zeros(out_features))
        self.bias = zeros[out_features]

    def forward(self, X):
        return X @ self.weight + self.bias
