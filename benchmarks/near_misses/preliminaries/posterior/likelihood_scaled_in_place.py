# "Both arguments must be unchanged on return": small likelihoods are scaled first.
# shown: changed(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([1e-30, 3e-30], dtype=torch.float64))
# kind: sentence
import torch


def posterior(prior, likelihood):
    if likelihood.max() < 1e-6:
        likelihood /= likelihood.max()
    joint = prior * likelihood
    return joint / joint.sum()
