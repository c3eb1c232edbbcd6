# "Every entry of the weight begins at a random number": those of the first input begin at 0.
# shown: not mine.Linear(5, 2).weight[0].any()
# kind: randomness
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        weight = 0.1 * torch.randn(in_features, out_features)
        weight[0] = 0
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
