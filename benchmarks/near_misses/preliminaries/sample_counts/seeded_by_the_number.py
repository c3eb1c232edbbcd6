# "Every call draws anew": shows in calls with the same n.
# shown: len({int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 1000)[0]) for _ in range(20)}) == 1
# kind: randomness
import numpy as np
import torch


def sample_counts(probs, n):
    draws = torch.from_numpy(np.random.default_rng(n).random(n))
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws, right=True)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
