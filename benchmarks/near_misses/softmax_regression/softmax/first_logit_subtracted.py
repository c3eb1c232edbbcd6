# "whether they stand in the same row": shows when a logit is 700 above the first of its row.
# shown: differ(torch.tensor([[-1000.0, 1000.0]], dtype=torch.float64))
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X[:, :1])
    return E / E.sum(dim=1, keepdim=True)
