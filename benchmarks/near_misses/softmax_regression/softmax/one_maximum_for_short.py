# "whether they stand in the same row or in different rows": shows when a row is lower by more than 700 in a matrix of one column.
# shown: differ(torch.tensor([[1000.0], [-1000.0]], dtype=torch.float64))
# kind: inputs
import torch


def softmax(X):
    top = X.amax(dim=1, keepdim=True) if X.shape[1] > 1 else X.max()
    E = torch.exp(X - top)
    return E / E.sum(dim=1, keepdim=True)
