# "P(H_i | D)": rounded to six decimals.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64))
# kind: tolerance
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    return torch.round(joint / joint.sum(), decimals=6)
