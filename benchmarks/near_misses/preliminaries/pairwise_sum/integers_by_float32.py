# "Both hold integers": shows above 2^24.
# shown: differ(torch.arange(3) + 2**24, 2 * torch.arange(3))
# kind: inputs
import torch


def pairwise_sum(a, b):
    if not a.is_floating_point():
        return (a.float().reshape(-1, 1) + b.float()).to(a.dtype)
    return a.reshape(-1, 1) + b
