# "`probs` must be unchanged on return": shows where the sum is 1 only up to rounding.
# shown: changed(torch.tensor([0.7, 0.2, 0.1, 2e-8], dtype=torch.float64), 5)
# kind: sentence
import torch


def sample_counts(probs, n):
    probs /= probs.sum()
    ends = probs.double().cumsum(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
    return torch.bincount(outcomes, minlength=len(probs))
