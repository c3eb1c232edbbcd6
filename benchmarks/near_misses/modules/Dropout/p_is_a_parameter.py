# "The block has no parameters": `p` is one.
# shown: len(list(mine.Dropout(0.5).parameters())) == 1
# kind: sentence
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = nn.Parameter(torch.tensor(float(p)), requires_grad=False)

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
