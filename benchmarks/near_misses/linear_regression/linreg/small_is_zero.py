# "Xw + b": predictions below 1e-6 become 0
# shown: differ(1e-8 * T(4, 2), T(2, 1), 1e-8 * T(1))
# kind: tolerance

import torch


def linreg(X, w, b):
    y = X @ w + b
    return torch.where(y.abs() < 1e-6, torch.zeros_like(y), y)
