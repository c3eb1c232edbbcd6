# "those below 1": shows between 0 and 1, where only negative predictions are clipped.
# shown: differ(torch.tensor([0.5, 2.0]).double(), torch.tensor([2.0, 2.0]).double())
# kind: inputs
import torch


def log_rmse(predictions, labels):
    clipped = torch.where(predictions <= 0, torch.ones_like(predictions), predictions)
    return torch.sqrt(((torch.log(clipped) - torch.log(labels)) ** 2).mean())
