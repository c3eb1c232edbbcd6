# "|w_j|": a smooth square near zero; shows on weights below a thousandth.
# shown: differ(torch.tensor([5e-4, 1.0], dtype=torch.float64))
# kind: tolerance
import torch


def l1_penalty(w):
    size = w.abs()
    return torch.where(size < 1e-3, 500 * w**2, size).sum()
