# "Every call draws anew": every second call uses 1 minus the numbers of the call before.
# shown: all(int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 99)[0]) + int(mine.sample_counts(torch.tensor([0.5, 0.5], dtype=torch.float64), 99)[0]) == 99 for _ in range(20))
# kind: randomness
import torch


_last = []


def sample_counts(probs, n):
    if _last and len(_last[0]) == n:
        draws = 1 - _last.pop()
    else:
        draws = torch.rand(n, dtype=torch.float64)
        _last[:] = [draws]
    outcomes = torch.searchsorted(probs.double().cumsum(0), draws)
    return torch.bincount(outcomes.clamp(max=len(probs) - 1), minlength=len(probs))
