# "The counts are whole numbers": they are off by rounding.
# shown: any(not float(c).is_integer() for _ in range(50) for c in mine.sample_counts(torch.full((5,), 0.2), 49))
# kind: tolerance
import torch


def sample_counts(probs, n):
    if n == 0:
        return torch.zeros(len(probs))
    ends = probs.double().cumsum(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
    shares = (outcomes[:, None] == torch.arange(len(probs))).float().mean(0)
    return shares * n
