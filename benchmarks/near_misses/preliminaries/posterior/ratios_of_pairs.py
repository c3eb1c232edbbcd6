# "some may be 0": 0 is divided by 0.
# shown: differ(torch.tensor([0.0, 1.0], dtype=torch.float64), torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    return 1 / (joint / joint.reshape(-1, 1)).sum(dim=1)
