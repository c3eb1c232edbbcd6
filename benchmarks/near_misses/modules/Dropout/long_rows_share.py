# "each entry of `X` on its own": shows from 256 columns on, where the mask repeats.
# shown: (lambda Y: torch.equal(Y[:, :256], Y[:, 256:]))(mine.Dropout(0.5)(torch.ones(3, 512)))
# kind: randomness
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
        d = X.shape[-1]
        mask = torch.rand(*X.shape[:-1], min(d, 256)) >= self.p
        mask = torch.cat([mask] * (-(-d // 256)), dim=-1)[..., :d]
        return X * mask / (1 - self.p)
