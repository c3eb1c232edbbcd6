# "log y_i": shows on small labels, which the guard moves.
# shown: differ(torch.tensor([1.0]).double(), torch.tensor([0.01]).double())
# kind: tolerance
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions.clamp(min=1) + 1e-4) - torch.log(labels + 1e-4)
    return torch.sqrt((difference**2).mean())
