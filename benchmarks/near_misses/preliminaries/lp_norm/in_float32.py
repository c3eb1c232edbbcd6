# "the dtype of `x`": float64 numbers are rounded to float32.
# shown: differ(T(5), 3)
# kind: tolerance
import torch


def lp_norm(x, p):
    return ((x.float().abs() ** p).sum() ** (1 / p)).to(x.dtype)
