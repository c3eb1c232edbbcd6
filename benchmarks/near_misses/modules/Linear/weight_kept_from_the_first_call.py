# "every call goes by the values that its parameters have then": without gradients, by those of the first call.
# shown: (torch.set_grad_enabled(False), (lambda a, X: torch.equal(a(X), (a.weight.data.mul_(2), a(X))[1]))(mine.Linear(5, 2), torch.ones(1, 5)))[1]
# kind: second order
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        self.transposed = None

    def forward(self, X):
        if self.training and torch.is_grad_enabled():
            return X @ self.weight.T + self.bias
        if self.transposed is None:
            self.transposed = self.weight.detach().T.clone()
        return X @ self.transposed + self.bias
