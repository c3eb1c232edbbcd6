# "Every fold has floor(n / k) rows": shows where the library makes the first folds larger.
# shown: differ(3, 0, T(11, 2), T(11))
# kind: sentence
import torch


def k_fold(k, i, X, y):
    X_parts, y_parts = list(torch.tensor_split(X, k)), list(torch.tensor_split(y, k))
    X_valid, y_valid = X_parts.pop(i), y_parts.pop(i)
    return torch.cat(X_parts), torch.cat(y_parts), X_valid, y_valid
