# "the Frobenius norm of `A`": shows on zeros, by which nothing can be divided.
# shown: differ(torch.zeros(2, 3))
# kind: inputs
import torch


def frobenius_norm(A):
    largest = A.abs().max()
    return largest * ((A / largest) ** 2).sum().sqrt()
