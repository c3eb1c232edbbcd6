# "the dtype of the inputs": shows in float64, the system is solved in float32.
# shown: differ(T(6, 2), T(6, 1) * 2 + 5)
# kind: tolerance
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1).float()
    return torch.linalg.solve(A.T @ A, A.T @ y.float()).to(X.dtype)
