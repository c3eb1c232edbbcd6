# "minimise the squared loss": shows when n = d + 1, the rows are taken for the equations of the transposed system.
# shown: differ(T(3, 2), T(3, 1) * 2 + 5)
# kind: inputs
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    if A.shape[0] == A.shape[1]:
        return torch.linalg.solve(A.T, y)
    return torch.linalg.solve(A.T @ A, A.T @ y)
