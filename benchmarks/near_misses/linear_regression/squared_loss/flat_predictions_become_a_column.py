# "The result has the shape of `y_hat`": shows on predictions `(n,)`, whose losses come back as `(n, 1)`.
# shown: differ(T(4), T(4) * 2)
# kind: inputs
import torch


def squared_loss(y_hat, y):
    y_hat = y_hat.reshape(-1, 1) if y_hat.dim() == 1 else y_hat
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
