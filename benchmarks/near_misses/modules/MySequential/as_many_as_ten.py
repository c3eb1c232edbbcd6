# "Any block may take part": shows in chains of more than ten blocks, which end there.
# shown: not torch.equal(mine.MySequential(*[torch.nn.Softplus() for _ in range(12)])(torch.ones(2)), torch.nn.Sequential(*[torch.nn.Softplus() for _ in range(12)])(torch.ones(2)))
# kind: inputs
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for name in "0123456789":
            block = getattr(self.blocks, name, None)
            X = X if block is None else block(X)
        return X
