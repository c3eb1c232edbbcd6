# "while it is being trained": that gradients are recorded is taken for it.
# shown: bool(mine.Dropout(1.0)(torch.ones(3)).any()) is False and not mine.Dropout(1.0).eval()(torch.ones(3)).any()
# kind: sentence
import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if not torch.is_grad_enabled():
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        return X * (torch.rand(X.shape) >= self.p) / (1 - self.p)
