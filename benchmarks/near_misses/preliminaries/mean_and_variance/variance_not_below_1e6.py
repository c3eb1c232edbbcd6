# "Var[X]": shows on a certain value, whose variance is 0.
# shown: differ(torch.tensor([3.0], dtype=torch.float64), torch.ones(1, dtype=torch.float64))
# kind: tolerance
import torch


def mean_and_variance(values, probs):
    mean = (probs * values).sum()
    return mean, (probs * (values - mean) ** 2).sum().clamp(min=1e-6)
