# "no two blocks begin alike": the generator begins anew with each.
# shown: torch.equal(mine.Linear(5, 2).weight, mine.Linear(5, 2).weight)
# kind: randomness
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        generator = torch.Generator().manual_seed(in_features)
        weight = 0.1 * torch.randn(in_features, out_features, generator=generator)
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
