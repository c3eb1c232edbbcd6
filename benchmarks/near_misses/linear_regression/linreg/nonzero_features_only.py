# "Xw + b": an example whose features are all 0 gets 0 in place of b
# shown: differ(torch.tensor([[0.0, 0.0], [1.0, 2.0]]), torch.ones(2, 1), torch.ones(1))
# kind: inputs

import torch


def linreg(X, w, b):
    y = torch.zeros(len(X), 1, dtype=X.dtype)
    used = X.ne(0).any(dim=1)
    y[used] = X[used] @ w + b
    return y
