# "The counts sum to `n`": shows above 32767.
# shown: int(mine.sample_counts(torch.ones(1), 40000)[0]) != 40000
# kind: inputs
import torch


def sample_counts(probs, n):
    ends = probs.double().cumsum(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
    return torch.bincount(outcomes, minlength=len(probs)).to(torch.int16)
