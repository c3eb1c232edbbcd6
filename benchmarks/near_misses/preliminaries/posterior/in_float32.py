# "the same floating-point dtype": float64 numbers are rounded to float32 on the way.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64))
# kind: tolerance
import torch


def posterior(prior, likelihood):
    joint = prior.float() * likelihood.float()
    return (joint / joint.sum()).to(prior.dtype)
