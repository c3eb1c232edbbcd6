# "The result is one number": an array of shape (1, 1).
# shown: differ(T(2, 3))
# kind: sentence
import torch


def frobenius_norm(A):
    return (A * A).sum(dim=(0, 1), keepdim=True).sqrt()
