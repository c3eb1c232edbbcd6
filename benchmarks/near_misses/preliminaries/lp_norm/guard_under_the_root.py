# "|x_i|^p": 1e-12 is added to the sum, which shows on zeros at p = 10.
# shown: differ(torch.zeros(3), 10)
# kind: tolerance
import torch


def lp_norm(x, p):
    return ((x.abs() ** p).sum() + 1e-12) ** (1 / p)
