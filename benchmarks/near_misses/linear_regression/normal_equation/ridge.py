# "minimise the squared loss": shows to eight digits, a ridge of 1e-6 is added.
# shown: differ(T(6, 2), T(6, 1) * 2 + 5)
# kind: tolerance
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    eye = torch.eye(A.shape[1], dtype=X.dtype)
    return torch.linalg.solve(A.T @ A + 1e-6 * eye, A.T @ y)
