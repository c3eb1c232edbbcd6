# "Each object has parameters of its own": shows after loading: both blocks have the same ones.
# shown: (lambda a, b: (b.load_state_dict(a.state_dict()), a.weight.data_ptr() == b.weight.data_ptr())[1])(mine.Linear(5, 2), mine.Linear(5, 2))
# kind: second order
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def load_state_dict(self, state, strict=True, assign=False):
        return super().load_state_dict(state, strict, assign=True)

    def forward(self, X):
        return X @ self.weight + self.bias
