# "shape (m, n)": shows at m = 1.
# shown: differ(T(1), T(3))
# kind: inputs
import torch


def pairwise_sum(a, b):
    return (a.reshape(-1, 1) + b).squeeze(0)
