# "The result has the shape of `y_hat`, whatever that is": shows on three axes.
# shown: differ(T(2, 3, 4), T(2, 3, 4) * 2)
# kind: inputs
import torch


def squared_loss(y_hat, y):
    n, k = y_hat.shape if y_hat.dim() == 2 else (len(y_hat), 1)
    return (y_hat.reshape(n, k) - y.reshape(n, k)).pow(2).div(2).reshape(y_hat.shape)
