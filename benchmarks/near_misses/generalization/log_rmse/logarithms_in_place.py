# "Both arguments must be unchanged on return": the labels become logarithms.
# shown: changed(torch.tensor([3.0, 2.0]), torch.tensor([2.0, 5.0]))
# kind: second order
import torch


def log_rmse(predictions, labels):
    return torch.sqrt(((torch.log(predictions.clamp(min=1)) - labels.log_()) ** 2).mean())
