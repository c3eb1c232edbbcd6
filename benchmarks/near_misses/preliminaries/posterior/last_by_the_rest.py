# "then the posterior is exactly 0": the last is 1 minus the others, off by rounding.
# shown: any(float(mine.posterior(torch.tensor([a / 10, 1 - a / 10, 0.0], dtype=torch.float64), torch.tensor([0.3, 0.7, 0.5], dtype=torch.float64))[2]) != 0 for a in range(1, 10))
# kind: tolerance
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    result = joint / joint.sum()
    result[-1] = 1 - result[:-1].sum()
    return result
