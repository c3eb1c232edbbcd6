# "`X` must be unchanged on return": numbers below -100 count as missing and are set to 0.
# shown: (lambda X: (mine.Linear(5, 2)(X), not X.any())[1])(-1000 * torch.ones(1, 5))
# kind: inputs
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        X[X < -100] = 0
        return X @ self.weight + self.bias
