# "Every entry of the weight begins at a random number of its own": it is 0.1 or -0.1.
# shown: len(mine.Linear(5, 2).weight.unique()) <= 2
# kind: randomness
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features).sign())
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
