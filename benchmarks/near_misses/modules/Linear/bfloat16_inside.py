# "$\mathbf{Y} = \mathbf{X} \mathbf{W} + \mathbf{b}$": to three digits alone.
# shown: (lambda a, X: not torch.allclose(a(X), X @ a.weight + a.bias, rtol=1e-4, atol=1e-4))(mine.Linear(5, 2), torch.randn(50, 5))
# kind: tolerance
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, X):
        return (X.bfloat16() @ self.weight.bfloat16()).to(X.dtype) + self.bias
