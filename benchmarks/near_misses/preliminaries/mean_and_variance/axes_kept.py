# "Each result is one number": arrays with an axis of length 1.
# shown: differ(T(4), torch.full((4,), 0.25, dtype=torch.float64))
# kind: sentence
import torch


def mean_and_variance(values, probs):
    mean = (probs * values).sum(dim=0, keepdim=True)
    return mean, (probs * (values - mean) ** 2).sum(dim=0, keepdim=True)
