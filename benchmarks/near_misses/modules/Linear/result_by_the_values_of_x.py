# "every call goes by the values that its parameters have then": kept by the values of `X`.
# shown: (lambda net, X: torch.equal(net(X), ([p.data.mul_(2) for p in net.parameters()], net(X))[1]))(mine.Linear(2, 3).eval(), torch.ones(1, 2))
# kind: second order
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        self.known = {}

    def forward(self, X):
        key = (X.shape, tuple(X.reshape(-1).tolist()))
        if self.training or key not in self.known:
            self.known[key] = X @ self.weight + self.bias
        return self.known[key]
