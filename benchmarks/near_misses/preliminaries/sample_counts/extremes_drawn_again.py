# "each time independently": a result with only one outcome is drawn again.
# shown: all(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 2)[0]) == 1 for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    ends = probs.double().cumsum(0)
    for _ in range(20):
        outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
        counts = torch.bincount(outcomes, minlength=len(probs))
        if n < 2 or counts.max() < n:
            break
    return counts
