# "the dtype of `A`": float64 numbers are rounded to float32.
# shown: differ(T(2, 3))
# kind: tolerance
import torch


def frobenius_norm(A):
    return (A.float() ** 2).sum().sqrt().to(A.dtype)
