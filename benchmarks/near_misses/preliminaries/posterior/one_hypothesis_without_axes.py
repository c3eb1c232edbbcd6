# "the result has both": shows at k = 1, the shape is ().
# shown: differ(torch.ones(1, dtype=torch.float64), torch.tensor([0.5], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    return (joint / joint.sum()).squeeze()
