# "`x` must be unchanged on return": it holds the highest power in the end.
# shown: changed(T(4), 2)
# kind: sentence
import torch


def polynomial_features(x, degree):
    first = x.clone()
    columns = [torch.ones_like(x)]
    for i in range(1, degree + 1):
        columns.append(x.clone() if i == 1 else x.mul_(first).div_(i).clone())
    return torch.stack(columns, dim=1)
