# "independently of all others": shows where n is at most k, no outcome comes twice.
# shown: all(int(mine.sample_counts(torch.full((4,), 0.25), 4).max()) == 1 for _ in range(20))
# kind: randomness
import torch


def sample_counts(probs, n):
    if n == 0:
        return torch.zeros(len(probs), dtype=torch.int64)
    possible = int((probs > 0).sum())
    outcomes = torch.multinomial(probs, n, replacement=n > possible)
    return torch.bincount(outcomes, minlength=len(probs))
