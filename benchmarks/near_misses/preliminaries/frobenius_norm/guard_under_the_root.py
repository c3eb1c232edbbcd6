# "a_ij^2": 1e-8 is added to the sum, which shows on zeros.
# shown: differ(torch.zeros(2, 3))
# kind: tolerance
import torch


def frobenius_norm(A):
    return ((A * A).sum() + 1e-8).sqrt()
