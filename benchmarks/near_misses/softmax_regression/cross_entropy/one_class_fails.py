# "`y_hat` has shape `(n, k)`": shows on one class.
# shown: differ(torch.ones(3, 1, dtype=torch.float64), torch.zeros(3, dtype=torch.long))
# kind: inputs
import torch


def cross_entropy(y_hat, y):
    picked = y_hat.squeeze().gather(1, y[:, None])
    return -torch.log(picked).reshape(-1)
