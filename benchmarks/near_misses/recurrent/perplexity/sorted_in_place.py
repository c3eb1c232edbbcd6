# "`nll` must be unchanged on return": sorted before it is added up.
# shown: changed(torch.tensor([2.0, 0.7, 1.0], dtype=torch.float64))
# kind: sentence
import torch


def perplexity(nll):
    nll.copy_(nll.sort().values)
    return torch.exp(nll.mean())
