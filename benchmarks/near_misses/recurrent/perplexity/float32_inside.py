# "the exponential of their mean": shows in float64, which is computed in float32.
# shown: differ(T(50).abs())
# kind: tolerance
import torch


def perplexity(nll):
    return torch.exp(nll.float().mean()).to(nll.dtype)
