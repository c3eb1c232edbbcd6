# "The result has the dtype of `W`": shows in float64, the values went through float32.
# shown: differ(torch.tensor([2, 0]), T(3, 4))
# kind: tolerance
import torch


def embedding(indices, W):
    chosen = (indices[..., None] == torch.arange(len(W))).float()
    return (chosen @ W.float()).to(W.dtype)
