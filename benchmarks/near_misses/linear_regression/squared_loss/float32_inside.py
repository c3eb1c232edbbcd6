# "the dtype of the inputs": shows in float64 when labels and predictions are close, the difference is of float32 numbers.
# shown: differ(T(5, 1), T(5, 1) + 1e-4)
# kind: tolerance
import torch


def squared_loss(y_hat, y):
    return ((y_hat.float() - y.reshape(y_hat.shape).float()) ** 2 / 2).to(y_hat.dtype)
