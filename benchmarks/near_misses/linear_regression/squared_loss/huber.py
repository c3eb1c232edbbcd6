# "half the square": shows where the difference is beyond 10, from there on the loss is a line.
# shown: differ(T(5, 1) * 30, T(5, 1))
# kind: tolerance
import torch


def squared_loss(y_hat, y):
    error = (y_hat - y.reshape(y_hat.shape)).abs()
    return torch.where(error <= 10, error ** 2 / 2, 10 * error - 50)
