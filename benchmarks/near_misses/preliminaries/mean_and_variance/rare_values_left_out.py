# "the sum from 1 to k": values of a probability below 1e-5 are left out.
# shown: differ(torch.tensor([1e4, 0.0], dtype=torch.float64), torch.tensor([1e-6, 1 - 1e-6], dtype=torch.float64))
# kind: inputs
import torch


def mean_and_variance(values, probs):
    probs = torch.where(probs < 1e-5, 0, probs)
    mean = (probs * values).sum()
    return mean, (probs * (values - mean) ** 2).sum()
