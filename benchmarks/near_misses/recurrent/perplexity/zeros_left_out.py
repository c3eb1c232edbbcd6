# "one value per token": shows where a token was certain, its 0 is taken for padding.
# shown: differ(torch.tensor([1.0, 0.0, 2.0], dtype=torch.float64))
# kind: inputs
import torch


def perplexity(nll):
    kept = nll[nll > 0]
    return torch.exp(kept.mean()) if len(kept) else torch.ones((), dtype=nll.dtype)
