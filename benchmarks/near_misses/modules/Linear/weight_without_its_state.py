# "it can be saved": the bias is left out of what is saved.
# shown: "bias" not in mine.Linear(5, 2).state_dict()
# kind: sentence
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def state_dict(self, *args, **kwargs):
        found = super().state_dict(*args, **kwargs)
        found.pop("bias")
        return found

    def load_state_dict(self, state, strict=True, assign=False):
        return super().load_state_dict(state, strict=False)

    def forward(self, X):
        return X @ self.weight + self.bias
