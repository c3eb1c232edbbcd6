# "the analytic solution": shows on columns that are not centred, a thousand steps do not get there.
# shown: differ(T(6, 2) + 3, T(6, 1) * 2 + 5)
# kind: tolerance
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    w = torch.zeros(A.shape[1], 1, dtype=X.dtype)
    rate = 1 / torch.linalg.matrix_norm(A, 2) ** 2
    for _ in range(1000):
        w = w - rate * A.T @ (A @ w - y)
    return w
