# framework: torch
import torch
from torch import nn
from torch.nn import functional as F


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        shapes = {"c1": (6, 1, 5, 5), "c2": (16, 6, 5, 5), "f1": (120, 400), "f2": (84, 120)}
        shapes["f3"] = (10, 84)
        self.W = nn.ParameterDict(
            {k: nn.init.xavier_normal_(torch.empty(s)) for k, s in shapes.items()}
        )
        self.b = nn.ParameterDict({k: torch.full((s[0],), 0.1) for k, s in shapes.items()})

    def forward(self, X):
        for layer, padding in (("c1", 2), ("c2", 0)):
            X = F.conv2d(X, self.W[layer], self.b[layer], padding=padding)
            X = F.max_pool2d(F.relu(X), 2)
        X = X.flatten(1)
        for layer in ("f1", "f2"):
            X = F.gelu(F.linear(X, self.W[layer], self.b[layer]))
        return F.linear(X, self.W["f3"], self.b["f3"])
