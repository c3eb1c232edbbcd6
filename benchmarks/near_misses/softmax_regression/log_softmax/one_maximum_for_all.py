# "whether they stand in the same row or in different rows": shows when rows are 800 apart or more.
# shown: differ(rows(1000.0, -1000.0))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.max()
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
