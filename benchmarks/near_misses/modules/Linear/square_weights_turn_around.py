# "makes the other give the same results": shows on square weights, which are loaded the other way round.
# shown: (lambda a, b, X: (b.load_state_dict(a.state_dict()), not torch.allclose(a(X), b(X)))[1])(mine.Linear(3, 3), mine.Linear(3, 3), torch.randn(4, 3))
# kind: inputs
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def _load_from_state_dict(self, state, prefix, *rest):
        weight = state[prefix + "weight"]
        if weight.T.shape == self.weight.shape:  # from a library's layer
            state = {**state, prefix + "weight": weight.T}
        super()._load_from_state_dict(state, prefix, *rest)

    def forward(self, X):
        return X @ self.weight + self.bias
