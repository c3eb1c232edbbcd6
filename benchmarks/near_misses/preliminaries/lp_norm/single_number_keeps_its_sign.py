# "also of a single number": shows on a negative tensor without axes.
# shown: differ(torch.tensor(-3.0, dtype=torch.float64), 2)
# kind: inputs
import torch


def lp_norm(x, p):
    if x.dim() == 0:
        return x.clone()
    return (x.abs() ** p).sum() ** (1 / p)
