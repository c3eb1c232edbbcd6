# "the exponential of their mean": shows where a value is above ten and passes for an outlier.
# shown: differ(torch.tensor([1.0, 2.0, 12.0]))
# kind: inputs
import torch


def perplexity(nll):
    return torch.exp(nll[nll <= 10].mean()) if (nll <= 10).any() else torch.exp(nll.mean())
