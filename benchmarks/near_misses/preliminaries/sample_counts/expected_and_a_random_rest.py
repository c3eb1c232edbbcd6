# "Draw n times": the whole parts of n p are not random.
# shown: all(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 101)[0]) in (50, 51) for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    p = probs.double()
    counts = (n * p).floor().long()
    rest = n - int(counts.sum())
    ends = p.cumsum(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(rest).double(), right=True)
    return counts + torch.bincount(outcomes, minlength=len(p))
