# "as small as 1e-30": where the data are that unlikely, the prior is returned.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([1e-30, 3e-30], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    evidence = joint.sum()
    return joint / evidence if evidence > 1e-12 else prior.clone()
