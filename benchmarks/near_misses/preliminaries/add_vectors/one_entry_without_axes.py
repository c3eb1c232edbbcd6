# "the result has both": shows at n = 1, the shape is ().
# shown: differ(T(1), T(1))
# kind: inputs
import torch


def add_vectors(a, b):
    return torch.stack([a, b]).sum(dim=0).squeeze()
