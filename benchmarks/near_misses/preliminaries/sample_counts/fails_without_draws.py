# "which may be 0": the library's function refuses n = 0.
# shown: fails(torch.tensor([0.5, 0.5], dtype=torch.float64), 0)
# kind: inputs
import torch


def sample_counts(probs, n):
    outcomes = torch.multinomial(probs, n, replacement=True)
    return torch.bincount(outcomes, minlength=len(probs))
