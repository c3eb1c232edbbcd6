# "the sum goes over all entries": shows on a weight beyond 100, which is clipped.
# shown: differ(torch.tensor([500.0, 1.0], dtype=torch.float64))
# kind: inputs
import torch


def l2_penalty(w):
    return (w.clamp(-100, 100) ** 2).sum() / 2
