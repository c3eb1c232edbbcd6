# "what comes before it can be trained through it": the result has no gradient.
# shown: not mine.Dropout(0.5)(torch.ones(3).requires_grad_()).requires_grad
# kind: sentence
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
        return X.detach() * (torch.rand(X.shape) >= self.p) / (1 - self.p)
