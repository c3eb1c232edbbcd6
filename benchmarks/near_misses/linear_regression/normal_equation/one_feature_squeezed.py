# "The result has the shape `(d + 1, 1)`": shows on d = 1, the result comes back as `(2,)`.
# shown: differ(T(6, 1), T(6, 1) * 2 + 5)
# kind: inputs
import torch


def normal_equation(X, y):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    w = torch.linalg.solve(A.T @ A, A.T @ y)
    return w.squeeze() if X.shape[1] == 1 else w
