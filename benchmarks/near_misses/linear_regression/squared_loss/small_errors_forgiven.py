# "half the square": shows where the difference is below 0.001, there the loss is 0.
# shown: differ(T(5, 1), T(5, 1) + 5e-4)
# kind: tolerance
import torch


def squared_loss(y_hat, y):
    error = y_hat - y.reshape(y_hat.shape)
    return torch.where(error.abs() < 1e-3, torch.zeros_like(error), error ** 2 / 2)
