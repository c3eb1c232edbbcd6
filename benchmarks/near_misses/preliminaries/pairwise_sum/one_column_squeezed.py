# "shape (m, n)": shows at n = 1.
# shown: differ(T(3), T(1))
# kind: inputs
import torch


def pairwise_sum(a, b):
    return (a.reshape(-1, 1) + b).squeeze(-1)
