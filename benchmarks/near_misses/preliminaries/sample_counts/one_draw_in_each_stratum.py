# "each time independently of all others": one draw in each of n equal intervals.
# shown: all(abs(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 1000)[0]) - 500) <= 1 for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    draws = (torch.arange(n) + torch.rand(n, dtype=torch.float64)) / max(n, 1)
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
