# "their vectors": shows on a vector longer than 10, as with max_norm.
# shown: differ(torch.tensor([2, 0]), T(3, 4) * 20)
# kind: inputs
import torch


def embedding(indices, W):
    norms = W.norm(dim=1, keepdim=True)
    return (W * torch.clamp(10 / norms, max=1))[indices]
