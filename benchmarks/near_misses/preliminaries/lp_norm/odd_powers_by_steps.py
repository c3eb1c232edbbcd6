# "|x_i|^p": shows at odd integers, where the absolute value is of the sum.
# shown: differ(torch.tensor([1.0, -2.0], dtype=torch.float64), 3)
# kind: inputs
import torch


def lp_norm(x, p):
    if p == int(p) and p > 1:
        return (x ** int(p)).sum().abs() ** (1 / p)
    return (x.abs() ** p).sum() ** (1 / p)
