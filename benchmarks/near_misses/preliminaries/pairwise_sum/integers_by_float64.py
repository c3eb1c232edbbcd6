# "Both hold integers": shows above 2^53.
# shown: differ(torch.arange(3) + 2**53, 2 * torch.arange(3))
# kind: inputs
import torch


def pairwise_sum(a, b):
    return (a.double().reshape(-1, 1) + b.double()).to(a.dtype)
