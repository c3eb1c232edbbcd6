# "then the posterior is exactly 0": it is small.
# shown: differ(torch.tensor([0.0, 1.0], dtype=torch.float64), torch.tensor([1.0, 1e-6], dtype=torch.float64))
# kind: tolerance
import torch


def posterior(prior, likelihood):
    joint = prior.clamp(min=1e-12) * likelihood
    return joint / joint.sum()
