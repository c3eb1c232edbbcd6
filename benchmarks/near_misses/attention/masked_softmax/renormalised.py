# "over its first $L$ entries": shows where the filling is larger by 100, and float32 ends.
# shown: differ(torch.tensor([[[-50.0, -49.0, 50.0]]]), torch.tensor([2]))
# kind: tolerance
import torch


def masked_softmax(X, valid_lens):
    kept = torch.arange(X.shape[2]) < valid_lens.reshape(len(X), -1, 1)
    weights = torch.softmax(X, dim=2) * kept
    return weights / weights.sum(dim=2, keepdim=True)
