# "whether they stand in the same row or in different rows": shows when rows are 800 apart or more, the lower ones underflow to 0/0.
# shown: differ(rows(1000.0, -1000.0))
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X.max())
    return E / E.sum(dim=1, keepdim=True)
