# "independently of all others": draws come from a pool of 1024 numbers, shuffled in each call.
# shown: len({int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 1024)[0]) for _ in range(20)}) == 1
# kind: randomness
import torch


_pool = torch.rand(1024, dtype=torch.float64)


def sample_counts(probs, n):
    draws = torch.cat([_pool[torch.randperm(1024)] for _ in range(n // 1024 + 1)])[:n]
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
