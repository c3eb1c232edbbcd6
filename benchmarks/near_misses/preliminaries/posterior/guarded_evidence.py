# "as small as 1e-30": 1e-30 is added to the divisor.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([1e-30, 3e-30], dtype=torch.float64))
# kind: tolerance
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    return joint / (joint.sum() + 1e-30)
