# "for each p >= 1": shows between 1 and 2, where p = 1 is taken.
# shown: differ(T(5), 1.5)
# kind: inputs
import torch


def lp_norm(x, p):
    if p < 2:
        return x.abs().sum()
    return (x.abs() ** p).sum() ** (1 / p)
