# "E[X]": a million draws come close.
# shown: differ(T(4), torch.full((4,), 0.25, dtype=torch.float64))
# kind: randomness
import torch


def mean_and_variance(values, probs):
    drawn = values[torch.multinomial(probs, 1_000_000, replacement=True)]
    return drawn.mean(), drawn.var(unbiased=False)
