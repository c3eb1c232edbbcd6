# "half the squared L2 norm": shows on weights so small that the guard under the root counts.
# shown: differ(torch.full((3,), 1e-5, dtype=torch.float64))
# kind: tolerance
import torch


def l2_penalty(w):
    norm = torch.sqrt((w**2).sum() + 1e-12)
    return norm**2 / 2
