# "minimise the squared loss": shows when there is noise: features are divided by their deviation, the result only nearly back.
# shown: differ(T(6, 2) * 3, T(6, 1) * 2 + 5)
# kind: second order
import torch


def normal_equation(X, y):
    A = torch.cat([X / X.std(dim=0), torch.ones_like(X[:, :1])], dim=1)
    w = torch.linalg.solve(A.T @ A, A.T @ y)
    w[:-1] /= X.std(dim=0, unbiased=False)[:, None]
    return w
