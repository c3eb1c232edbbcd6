# "While training": shows on a call with training after one without, nothing is dropped.
# shown: (mine.dropout(T(100), 0.5, training=False), bool((mine.dropout(T(100), 0.5) != 0).all()))[1]
# kind: sentence
import torch


_mode = {"training": True}


def dropout(X, p, training=True):
    _mode["training"] = _mode["training"] and training
    if not _mode["training"] or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    return (torch.rand(X.shape) >= p) * X / (1 - p)
