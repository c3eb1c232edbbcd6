# "The result has the shape of `y_hat`, whatever that is": shows on a number, a tensor without axes.
# shown: differ(T(), T() * 2)
# kind: inputs
import torch


def squared_loss(y_hat, y):
    if len(y_hat) != y.numel():
        y = y.reshape(y_hat.shape)
    return (y_hat.flatten() - y.flatten()).reshape(y_hat.shape) ** 2 / 2
