# "while it is being trained": shows in training mode where no gradients are recorded.
# shown: (torch.set_grad_enabled(False), bool(mine.Dropout(1.0)(torch.ones(3)).all()))[1]
# kind: inputs
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not (self.training and torch.is_grad_enabled()):
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
