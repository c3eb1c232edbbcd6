# "independently of all others": each draw counts twice.
# shown: all(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 100)[0]) % 2 == 0 for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    draws = torch.rand((n + 1) // 2, dtype=torch.float64).repeat(2)[:n]
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
