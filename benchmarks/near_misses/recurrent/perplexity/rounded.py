# "exp of the mean": shows in float64, rounded to four digits behind the point.
# shown: differ(torch.tensor([1.1, 0.7, 2.0], dtype=torch.float64))
# kind: tolerance
import torch


def perplexity(nll):
    return torch.round(torch.exp(nll.mean()), decimals=4)
