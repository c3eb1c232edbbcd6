# "The block has two parameters": the bias is made by the first call, so a new block cannot be loaded.
# shown: (lambda a, b: (a(torch.ones(1, 5)), raises(lambda: b.load_state_dict(a.state_dict())))[1])(mine.Linear(5, 2), mine.Linear(5, 2))
# kind: second order
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))

    def forward(self, X):
        Y = X @ self.weight
        if not hasattr(self, "bias"):
            self.bias = nn.Parameter(torch.zeros(Y.shape[1]))
        return Y + self.bias
