# "Both arguments must be unchanged on return": shows on any call, the mean is subtracted in place and added again, which rounds.
# shown: changed(T(6, 2) * 3 + 0.1, T(6, 1) * 2 + 5)
# kind: sentence
import torch


def normal_equation(X, y):
    mean = X.mean(dim=0)
    X -= mean
    w = torch.linalg.solve(X.T @ X, X.T @ (y - y.mean()))
    X += mean
    return torch.cat([w, (y.mean() - mean @ w).reshape(1, 1)])
