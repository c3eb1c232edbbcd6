# "independently of all others": the second half of the draws are 1 minus the first.
# shown: all(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 100)[0]) == 50 for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    half = torch.rand((n + 1) // 2, dtype=torch.float64)
    draws = torch.cat([half, 1 - half])[:n]
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
