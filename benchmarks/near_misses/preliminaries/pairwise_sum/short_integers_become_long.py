# "the result has it": a sum of int32 is int64.
# shown: differ(torch.arange(3).int(), torch.arange(3).int())
# kind: sentence
import torch


def pairwise_sum(a, b):
    column, row = a.reshape(-1, 1), b.reshape(1, -1)
    return torch.stack(torch.broadcast_tensors(column, row)).sum(dim=0)
