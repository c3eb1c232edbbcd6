# "Every call draws anew": calls in the same second draw the same.
# shown: len({int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 1000)[0]) for _ in range(20)}) <= 2
# kind: randomness
import time

import torch


def sample_counts(probs, n):
    generator = torch.Generator().manual_seed(int(time.time()))
    draws = torch.rand(n, dtype=torch.float64, generator=generator)
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
