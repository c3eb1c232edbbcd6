# "also for $n = 1$": the axis of one example is lost.
# shown: mine.Linear(5, 2)(torch.ones(1, 5)).shape == (2,)
# kind: inputs
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return (X @ self.weight + self.bias).squeeze(0)
