# "s_ij = a_i + b_j": shows on large numbers, by way of exponentials.
# shown: differ(torch.tensor([800.0], dtype=torch.float64), T(4))
# kind: inputs
import torch


def pairwise_sum(a, b):
    if not a.is_floating_point():
        return a.reshape(-1, 1) + b
    return torch.outer(a.exp(), b.exp()).log()
