# "minimise the squared loss": shows on columns of very unequal size, small singular values are taken for 0.
# shown: differ(T(6, 2) * torch.tensor([1.0, 1e-4], dtype=torch.float64), T(6, 1) * 2 + 5)
# kind: tolerance
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    return torch.linalg.pinv(A, rtol=1e-3) @ y
