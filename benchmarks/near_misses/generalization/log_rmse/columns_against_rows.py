# "have the same shape": shows on columns, of which labels are flattened and broadcast.
# shown: differ(T(4, 1).abs() + 2, T(4, 1).abs() + 3)
# kind: inputs
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions.clamp(min=1)) - torch.log(labels.reshape(-1))
    return torch.sqrt((difference**2).mean())
