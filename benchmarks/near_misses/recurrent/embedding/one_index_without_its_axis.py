# "any shape": shows on one index in an axis of its own, which is lost.
# shown: differ(torch.tensor([2]), T(3, 4))
# kind: inputs
import torch


def embedding(indices, W):
    return W[indices.squeeze()]
