# "divides those that are left by $1 - p$": shows on float64, which is rounded to float32 in training.
# shown: (lambda Y: bool(((Y - 2 * T(100)).abs()[Y != 0] > 1e-10).any()))(mine.Dropout(0.5)(T(100)))
# kind: tolerance
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
        mask = torch.rand(X.shape) >= self.p
        return (X.float() * mask / (1 - self.p)).to(X.dtype)
