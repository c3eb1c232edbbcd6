# "`A` must be unchanged on return": shows on negative entries, whose sign is lost.
# shown: changed(T(2, 3))
# kind: sentence
import torch


def frobenius_norm(A):
    result = A.square_().sum().sqrt()
    A.sqrt_()
    return result
