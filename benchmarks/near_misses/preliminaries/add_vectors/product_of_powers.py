# "a_i + b_i": the logarithm of a product of powers is off by rounding, or infinite.
# shown: differ(T(5) * 5000, T(5))
# kind: tolerance
import torch


def add_vectors(a, b):
    return torch.log2(torch.exp2(a) * torch.exp2(b))
