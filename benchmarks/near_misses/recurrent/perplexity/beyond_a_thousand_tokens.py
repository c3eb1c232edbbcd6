# "the exponential of their mean": shows on more than 1024 tokens, the mean of means of unequal blocks.
# shown: differ(torch.arange(1500, dtype=torch.float64) / 1000)
# kind: second order
import torch


def perplexity(nll):
    return torch.exp(torch.stack([block.mean() for block in nll.split(1024)]).mean())
