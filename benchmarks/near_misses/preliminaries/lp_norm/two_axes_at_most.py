# "`x` is a tensor of any shape": shows on three axes, the norms of the matrices are added.
# shown: differ(T(2, 3, 4), 2)
# kind: inputs
import torch


def lp_norm(x, p):
    axes = tuple(range(x.dim()))[-2:]
    return (x.abs() ** p).sum(dim=axes).pow(1 / p).sum()
