# "two parameters": the bias is saved, but nothing trains it.
# shown: len(list(mine.Linear(5, 2).parameters())) == 1
# kind: sentence
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.register_buffer("bias", torch.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
