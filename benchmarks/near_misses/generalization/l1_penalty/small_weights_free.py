# "every weight costs as much as it is large": shows on weights below a millionth, which count as zero.
# shown: differ(torch.full((3,), 5e-7, dtype=torch.float64))
# kind: inputs
import torch


def l1_penalty(w):
    return w[w.abs() > 1e-6].abs().sum()
