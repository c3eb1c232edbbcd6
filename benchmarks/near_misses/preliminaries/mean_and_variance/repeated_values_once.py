# "may repeat": of values that repeat, only the last counts.
# shown: differ(torch.tensor([1.0, 1.0, 2.0], dtype=torch.float64), torch.tensor([0.25, 0.25, 0.5], dtype=torch.float64))
# kind: inputs
import torch


def mean_and_variance(values, probs):
    table = dict(zip(values.tolist(), probs.tolist()))
    mean = sum(p * x for x, p in table.items())
    return mean, sum(p * (x - mean) ** 2 for x, p in table.items())
