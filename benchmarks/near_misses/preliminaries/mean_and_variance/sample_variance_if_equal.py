# "E[(X - mu)^2]": shows where all probabilities are equal, it is divided by k - 1.
# shown: differ(T(4), torch.full((4,), 0.25, dtype=torch.float64))
# kind: inputs
import torch


def mean_and_variance(values, probs):
    if len(probs) > 1 and torch.all(probs == probs[0]):
        return values.mean(), values.var()
    mean = (probs * values).sum()
    return mean, (probs * (values - mean) ** 2).sum()
