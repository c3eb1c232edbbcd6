# "P(D | H_j) P(H_j)": priors that are nearly equal are taken as equal.
# shown: differ(torch.tensor([0.5001, 0.4999], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    if prior.max() - prior.min() < 1e-3:
        return likelihood / likelihood.sum()
    joint = prior * likelihood
    return joint / joint.sum()
