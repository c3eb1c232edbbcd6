# "half the square of the difference": shows on large, close values, where multiplying out cancels.
# shown: differ(T(5, 1) + 1e6, T(5, 1) + 1e6 + 0.5)
# kind: tolerance
import torch


def squared_loss(y_hat, y):
    y = y.reshape(y_hat.shape)
    return (y_hat ** 2 - 2 * y_hat * y + y ** 2) / 2
