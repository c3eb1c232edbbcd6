# "the same floating-point dtype": float64 numbers are rounded to float32 on the way.
# shown: differ(T(5), T(5))
# kind: tolerance
import torch


def add_vectors(a, b):
    return (a.float() + b.float()).to(a.dtype)
