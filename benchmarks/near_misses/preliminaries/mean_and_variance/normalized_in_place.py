# "Both arguments must be unchanged on return": shows where the sum is 1 only up to rounding.
# shown: changed(T(3), torch.tensor([0.7, 0.2, 0.1 + 1e-9], dtype=torch.float64))
# kind: sentence
import torch


def mean_and_variance(values, probs):
    probs /= probs.sum()
    mean = (probs * values).sum()
    return mean, (probs * (values - mean) ** 2).sum()
