# "any shape": shows on indices with three axes, the last two of which become one.
# shown: differ(torch.zeros(2, 3, 4, dtype=torch.int64), T(3, 4))
# kind: inputs
import torch


def embedding(indices, W):
    if indices.dim() > 2:
        indices = indices.flatten(1)
    return W[indices]
