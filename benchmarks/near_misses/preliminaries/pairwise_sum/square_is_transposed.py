# "s_ij = a_i + b_j": shows at m = n, where rows and columns change places.
# shown: differ(T(3), T(3) * 2)
# kind: inputs
import torch


def pairwise_sum(a, b):
    if len(a) == len(b):
        return b.reshape(-1, 1) + a
    return a.reshape(-1, 1) + b
