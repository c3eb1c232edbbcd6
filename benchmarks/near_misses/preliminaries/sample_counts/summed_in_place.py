# "`probs` must be unchanged on return": it holds the cumulative sums, if it is float64.
# shown: changed(torch.tensor([0.5, 0.5], dtype=torch.float64), 5)
# kind: sentence
import torch


def sample_counts(probs, n):
    ends = probs.double().cumsum_(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
    return torch.bincount(outcomes, minlength=len(probs))
