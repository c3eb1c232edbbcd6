# "Both arguments must be unchanged on return": the mean is taken off and added again, rounded.
# shown: changed(T(9), torch.full((9,), 1 / 9, dtype=torch.float64))
# kind: sentence
import torch


def mean_and_variance(values, probs):
    mean = (probs * values).sum()
    values -= mean
    variance = (probs * values**2).sum()
    values += mean
    return mean, variance
