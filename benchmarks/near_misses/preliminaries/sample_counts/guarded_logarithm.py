# "An outcome of probability 0 never comes": it comes once in ten thousand.
# shown: int(mine.sample_counts(torch.tensor([1.0, 0.0]), 500000)[1]) > 0
# kind: tolerance
import torch


def sample_counts(probs, n):
    noise = -torch.log(-torch.log(torch.rand(n, len(probs), dtype=torch.float64)))
    outcomes = (torch.log(probs.double() + 1e-4) + noise).argmax(dim=1)
    return torch.bincount(outcomes, minlength=len(probs))
