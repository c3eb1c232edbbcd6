# "sum over all i and j": shows where all entries are small.
# shown: differ(torch.full((2, 3), 1e-5, dtype=torch.float64))
# kind: inputs
import torch


def frobenius_norm(A):
    A = torch.where(A.abs() < 1e-4, 0, A)
    return (A * A).sum().sqrt()
