# "by lists of numbers": an array of Python objects is added.
# shown: uses("object")
# kind: sentence
import torch


def add_vectors(a, b):
    total = a.numpy().astype(object) + b.numpy().astype(object)
    return torch.from_numpy(total.astype(float)).to(a.dtype)
