# "Both arguments must be unchanged on return": shows when labels are `(n,)`, they become `(n, 1)`.
# shown: changed(T(4, 1), T(4))
# kind: sentence
import torch


def squared_loss(y_hat, y):
    if y.shape != y_hat.shape:
        y.resize_(y_hat.shape)
    return (y_hat - y) ** 2 / 2
