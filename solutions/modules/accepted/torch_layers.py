# framework: torch
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(num_inputs, num_hiddens), nn.Sigmoid(), nn.Linear(num_hiddens, num_outputs)
        )

    def forward(self, X):
        return self.net(X)


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        if blocks:
            self.first = blocks[0]
            self.rest = MySequential(*blocks[1:])
        else:
            self.first = None

    def forward(self, X):
        return X if self.first is None else self.rest(self.first(X))


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        if self.training:
            kept = torch.rand_like(X) < 1 - self.p
            return torch.where(kept, X / max(1 - self.p, 1e-9), torch.zeros_like(X))
        return X.clone()


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.parts = nn.ParameterDict(
            {
                "bias": torch.zeros(1, out_features),
                "weight": torch.rand(in_features, out_features) - 0.5,
            }
        )

    def forward(self, X):
        W = self.parts["weight"]
        columns = [(X * W[:, j]).sum(1, keepdim=True) for j in range(W.shape[1])]
        return torch.cat(columns, 1) + self.parts["bias"]
