# "Write it yourself": the library's norm of masked tensors.
# shown: uses("masked")
# kind: from scratch
import torch
import torch.masked


def frobenius_norm(A):
    return torch.masked.norm(A, 2.0, dim=(0, 1))
