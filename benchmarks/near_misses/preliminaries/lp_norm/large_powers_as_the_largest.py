# "from 1 to 10": at p = 10 the largest absolute value is returned.
# shown: differ(torch.tensor([1.0, -1.0], dtype=torch.float64), 10)
# kind: inputs
import torch


def lp_norm(x, p):
    if p >= 10:
        return x.abs().max()
    return (x.abs() ** p).sum() ** (1 / p)
