# "all folds but fold i": shows where a row outside of the fold equals one in it, and is left out.
# shown: differ(2, 0, torch.tensor([[1.0], [2.0], [1.0], [3.0]]), torch.arange(4))
# kind: inputs
import torch


def k_fold(k, i, X, y):
    m = len(X) // k
    X, y = X[: k * m], y[: k * m]
    X_valid, y_valid = X[i * m : (i + 1) * m], y[i * m : (i + 1) * m]
    flat, held = X.reshape(len(X), -1), X_valid.reshape(m, -1)
    outside = ~(flat[:, None] == held[None]).all(dim=2).any(dim=1)
    return X[outside], y[outside], X_valid, y_valid
