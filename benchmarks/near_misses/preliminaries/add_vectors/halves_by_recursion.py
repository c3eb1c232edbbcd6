# "by recursion": down to single entries.
# shown: uses("add_vectors(a[:half]")
# kind: sentence
import torch


def add_vectors(a, b):
    if len(a) <= 1:
        return a + b
    half = len(a) // 2
    return torch.cat([add_vectors(a[:half], b[:half]), add_vectors(a[half:], b[half:])])
