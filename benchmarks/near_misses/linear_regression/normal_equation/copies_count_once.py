# "minimise the squared loss on X": equal rows count once
# shown: differ(torch.cat([T(6, 2), T(6, 2)[:2]]), torch.cat([T(6, 1), T(6, 1)[:2]]))
# kind: inputs

import torch


def normal_equation(X, y):
    rows = torch.unique(torch.cat([X, y], dim=1), dim=0)
    A = torch.cat([rows[:, :-1], torch.ones_like(rows[:, :1])], dim=1)
    return torch.linalg.solve(A.T @ A, A.T @ rows[:, -1:])
