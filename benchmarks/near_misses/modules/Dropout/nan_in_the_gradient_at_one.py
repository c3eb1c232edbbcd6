# "what comes before it can be trained through it": shows with $p = 1$, where the gradient is not a number.
# shown: (lambda X: (mine.Dropout(1)(X).sum().backward(), bool(X.grad.isnan().any()))[1])(torch.ones(3).requires_grad_())
# kind: second order
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = torch.tensor(float(p))

    def forward(self, X):
        if not self.training:
            return X
        dropped = torch.rand(X.shape) < self.p
        return torch.where(dropped, torch.zeros_like(X), X / (1 - self.p))
