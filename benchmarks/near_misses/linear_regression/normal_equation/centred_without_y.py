# "the intercept": shows when the features' means are not 0: they are subtracted, but the intercept is not moved back.
# shown: differ(T(6, 2) + 3, T(6, 1) * 2 + 5)
# kind: second order
import torch


def normal_equation(X, y):
    Z = X - X.mean(dim=0)
    w = torch.linalg.solve(Z.T @ Z, Z.T @ (y - y.mean()))
    return torch.cat([w, y.mean().reshape(1, 1)])
