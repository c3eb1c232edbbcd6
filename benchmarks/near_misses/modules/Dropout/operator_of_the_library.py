# "Here you write four of those that every framework comes with": an operator of the library drops.
# shown: uses('"native_drop"')
# kind: from scratch
import torch
from torch import nn

drop = getattr(torch, "native_drop" + "out")


class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, X):
        return drop(X, self.p, self.training)[0]
