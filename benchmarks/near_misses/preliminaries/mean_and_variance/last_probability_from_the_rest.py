# "with probability p_i": the last is what the others leave, rounded to float32.
# shown: differ(torch.tensor([1.0, 1e6], dtype=torch.float64), torch.tensor([1 - 1e-9, 1e-9], dtype=torch.float64))
# kind: tolerance
import torch


def mean_and_variance(values, probs):
    rest = (1 - probs[:-1].float().sum()).to(probs.dtype)
    probs = torch.cat([probs[:-1], rest.reshape(1)])
    mean = (probs * values).sum()
    return mean, (probs * (values - mean) ** 2).sum()
