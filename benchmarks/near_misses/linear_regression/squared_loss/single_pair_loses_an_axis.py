# "The result has the shape of `y_hat`": shows on n = 1, `(1, 1)` comes back as `(1,)`.
# shown: differ(T(1, 1), T(1) * 2)
# kind: inputs
import torch


def squared_loss(y_hat, y):
    loss = (y_hat.squeeze() - y.squeeze()) ** 2 / 2
    return loss.reshape(y_hat.shape) if loss.dim() else loss.reshape(1)
