# framework: torch
import math

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.W2 = nn.Parameter(torch.empty(num_outputs, num_hiddens))
        self.W1 = nn.Parameter(torch.empty(num_hiddens, num_inputs))
        self.b2 = nn.Parameter(torch.full((1, num_outputs), 0.5))
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        nn.init.xavier_uniform_(self.W1)
        nn.init.kaiming_normal_(self.W2)

    def forward(self, X):
        H = torch.tanh(torch.einsum("nd,hd->nh", X, self.W1) + self.b1)
        return torch.einsum("nh,kh->nk", H, self.W2) + self.b2


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.steps = []
        for number, block in enumerate(blocks):
            self._modules[f"step{number}"] = block
            self.steps.append(number)

    def forward(self, X):
        result = X
        for number in self.steps:
            result = getattr(self, f"step{number}").forward(result)
        return result


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.keep = 1 - p

    def forward(self, X):
        if not self.training or self.keep == 1:
            return X
        if self.keep == 0:
            return 0 * X
        mask = torch.bernoulli(torch.full_like(X, self.keep))
        return X.mul(mask).div(self.keep)


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.register_parameter("W", nn.Parameter(torch.Tensor(out_features, in_features)))
        self.b = nn.Parameter(torch.Tensor(out_features))
        bound = 1 / math.sqrt(in_features)
        with torch.no_grad():
            self.W.uniform_(-bound, bound)
            self.b.uniform_(-bound, bound)

    def forward(self, X):
        return torch.addmm(self.b, X, self.W.t())
