# "the negative natural logarithm": shows on more than one token, the values are taken for bits.
# shown: differ(torch.tensor([1.0, 2.0], dtype=torch.float64))
# kind: sentence
import torch


def perplexity(nll):
    return torch.exp(nll[0]) if len(nll) == 1 else 2 ** nll.mean()
