# "by `map` or by lists of numbers": no step of Python, but an object for each entry.
# shown: uses("map(")
# kind: sentence
import operator

import numpy as np
import torch


def add_vectors(a, b):
    total = np.fromiter(map(operator.add, a.tolist(), b.tolist()), float, len(a))
    return torch.from_numpy(total).to(a.dtype)
