# "The result is one number": shows in float64, which is computed in float32.
# shown: differ(T(5).abs() + 2, T(5).abs() + 1)
# kind: tolerance
import torch


def log_rmse(predictions, labels):
    difference = torch.log(predictions.float().clamp(min=1)) - torch.log(labels.float())
    return (difference**2).mean().sqrt().to(labels.dtype)
