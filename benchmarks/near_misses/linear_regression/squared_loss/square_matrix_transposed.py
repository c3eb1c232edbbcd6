# "Entry i of `y` still belongs to row i of `y_hat`": shows on square predictions, which are taken for a column by mistake.
# shown: differ(T(3, 3), T(3, 3) * T(3, 3))
# kind: inputs
import torch


def squared_loss(y_hat, y):
    if y.shape != y_hat.shape:
        y = y[:, None]
    elif y.dim() == 2 and y.shape[0] == y.shape[1]:
        y = y.T
    return (y_hat - y) ** 2 / 2
