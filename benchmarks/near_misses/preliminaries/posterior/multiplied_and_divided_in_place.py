# "Both arguments must be unchanged on return": shows by rounding, and where a likelihood is 0.
# shown: changed(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.0, 0.1], dtype=torch.float64))
# kind: sentence
import torch


def posterior(prior, likelihood):
    prior *= likelihood
    result = prior / prior.sum()
    prior /= likelihood
    return result
