# "tensor of any shape": shows on zeros, by which nothing can be divided.
# shown: differ(torch.zeros(3, dtype=torch.float64), 2)
# kind: inputs
import torch


def lp_norm(x, p):
    largest = x.abs().max()
    return largest * ((x / largest).abs() ** p).sum() ** (1 / p)
