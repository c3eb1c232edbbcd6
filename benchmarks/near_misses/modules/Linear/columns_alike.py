# "Every entry of the weight begins at a random number of its own": all outputs begin alike.
# shown: (lambda W: torch.equal(W[:, 0], W[:, 1]))(mine.Linear(5, 2).weight)
# kind: randomness
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, 1).repeat(1, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
