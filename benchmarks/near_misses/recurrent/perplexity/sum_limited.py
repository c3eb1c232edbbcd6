# "A text may be long": shows where the sum is above 700, where it is cut to keep exp finite.
# shown: differ(torch.full((400,), 2.0, dtype=torch.float64))
# kind: inputs
import torch


def perplexity(nll):
    return torch.exp(nll.sum().clamp(max=700)) ** (1 / len(nll))
