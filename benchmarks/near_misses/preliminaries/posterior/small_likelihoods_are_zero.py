# "all may be as small as 1e-30": shows below 1e-20.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([1e-30, 3e-30], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * torch.where(likelihood < 1e-20, 0, likelihood)
    return joint / joint.sum()
