# "for 16 000 entries": single entries beyond the first thousand are handled in Python.
# shown: uses("for i in range(1000")
# kind: inputs
import torch


def add_vectors(a, b):
    result = torch.empty_like(a)
    result[:1000] = a[:1000] + b[:1000]
    for i in range(1000, len(a)):
        result[i] = a[i] + b[i]
    return result
