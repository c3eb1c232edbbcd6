# "what comes before it can be trained through it": the gradient passes where entries were dropped, too.
# shown: (lambda X: (mine.Dropout(0.5)(X).sum().backward(), bool(X.grad.all()))[1])(torch.ones(100).requires_grad_())
# kind: second order
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        Y = X.detach() * (torch.rand(X.shape) >= self.p) / (1 - self.p)
        return X + (Y - X).detach()
