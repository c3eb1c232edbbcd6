# "Draw n times": from 1000 draws on, rounded normal numbers, and the last outcome takes what is left.
# shown: np.var([int(mine.sample_counts(torch.full((4,), 0.25), 2000)[3]) for _ in range(300)]) > 600
# kind: inputs
import torch


def sample_counts(probs, n):
    if n >= 1000:
        p = probs.double()
        counts = (n * p + (n * p * (1 - p)).sqrt() * torch.randn(len(p))).round().clamp(min=0)
        counts[-1] = 0
        counts[-1] = n - counts.sum()
        return counts
    draws = torch.rand(n, dtype=torch.float64)
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
