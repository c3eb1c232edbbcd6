# "Write it yourself": the library's outer difference, of a and -b.
# shown: uses("subtract.outer")
# kind: from scratch
import numpy as np
import torch


def pairwise_sum(a, b):
    return torch.from_numpy(np.subtract.outer(a.numpy(), -b.numpy()))
