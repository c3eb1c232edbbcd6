# "the sum of the squared losses of its examples": equal examples count once
# shown: differ(torch.cat([T(3, 2)] * 2), T(2, 1), T(1), torch.cat([T(3, 1)] * 2))
# kind: inputs

import torch


def linreg_gradients(X, w, b, y):
    rows = torch.unique(torch.cat([X, y], dim=1), dim=0)
    X, y = rows[:, :-1], rows[:, -1:]
    e = X @ w + b - y
    return X.T @ e, e.sum(0)
