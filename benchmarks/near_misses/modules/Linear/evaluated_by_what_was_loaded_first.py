# "every call goes by the values that its parameters have then": in evaluation, by those when the mode was switched.
# shown: (lambda a, X: (a.eval(), torch.equal(a(X), (a.weight.data.mul_(2), a(X))[1]))[1])(mine.Linear(5, 2), torch.ones(1, 5))
# kind: second order
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def train(self, mode=True):
        self.transposed = self.weight.detach().T.clone()
        return super().train(mode)

    def forward(self, X):
        return X @ (self.weight.T if self.training else self.transposed) + self.bias
