# "the sum goes over all entries": shows where many are small.
# shown: differ(torch.full((50,), 1e-5, dtype=torch.float64), 1)
# kind: inputs
import torch


def lp_norm(x, p):
    x = x[x.abs() > 1e-4]
    return (x.abs() ** p).sum() ** (1 / p)
