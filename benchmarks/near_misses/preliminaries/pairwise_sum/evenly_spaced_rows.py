# "a has shape (m,)": rows are spaced as the first two, right for arithmetic sequences.
# shown: differ(torch.tensor([0.0, 1.0, 5.0]), torch.ones(2))
# kind: inputs
import torch


def pairwise_sum(a, b):
    if len(a) < 3:
        return a.reshape(-1, 1) + b
    rows = a[0] + (a[1] - a[0]) * torch.arange(len(a), dtype=a.dtype)
    return rows.reshape(-1, 1) + b
