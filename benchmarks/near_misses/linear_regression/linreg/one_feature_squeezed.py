# "`w` of shape `(d, 1)`": shows on d = 1.
# shown: differ(T(4, 1), T(1, 1), T(1))
# kind: inputs
import torch


def linreg(X, w, b):
    return (torch.matmul(X, w.squeeze()) + b).reshape(-1, 1)
