# "negative ones too": shows for negative predictions, which have no logarithm.
# shown: differ(torch.tensor([-1.0, 2.0]), torch.tensor([1.0, 4.0]))
# kind: inputs
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions).clamp(min=0) - torch.log(labels)
    return (difference**2).mean().sqrt()
