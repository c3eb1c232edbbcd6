# "The result is one number": shows where predictions are right, and the root is guarded.
# shown: differ(torch.tensor([2.0]).double(), torch.tensor([2.0]).double())
# kind: tolerance
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions.clamp(min=1)) - torch.log(labels)
    return torch.sqrt((difference**2).mean() + 1e-8)
