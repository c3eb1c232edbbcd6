# "The result is one number": an array with an axis of length 1.
# shown: differ(torch.tensor([3.0, 2.0]).double(), torch.tensor([2.0, 5.0]).double())
# kind: sentence
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions.clamp(min=1)) - torch.log(labels)
    return torch.sqrt((difference**2).mean()).reshape(1)
