# "independently of all others": each draw repeats the one before in one case of four.
# shown: np.var([int(mine.sample_counts(torch.full((2,), 0.5), 400)[0]) for _ in range(500)]) > 130
# kind: randomness
import torch


def sample_counts(probs, n):
    ends = probs.double().cumsum(0)
    outcomes = torch.searchsorted(ends, ends[-1] * torch.rand(n).double(), right=True)
    for i in range(1, n):
        if torch.rand(()) < 0.25:
            outcomes[i] = outcomes[i - 1]
    return torch.bincount(outcomes, minlength=len(probs))
