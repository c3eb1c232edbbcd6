# "an entropy of 0": a certain outcome gets a small number instead.
# shown: differ(torch.tensor([1.0], dtype=torch.float64))
# kind: tolerance
import torch



def entropy(p):
    p = p[p > 0]
    return torch.clamp(-(p * torch.log(p)).sum(), min=1e-3)
