# "of the same dtype; the result has it": float64 numbers are rounded to float32 on the way.
# shown: differ(T(3), T(4))
# kind: tolerance
import torch


def pairwise_sum(a, b):
    if a.is_floating_point():
        return (a.float().reshape(-1, 1) + b.float()).to(a.dtype)
    return a.reshape(-1, 1) + b
