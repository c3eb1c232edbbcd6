# "The result has the shape and dtype of `X`": shows at p = 0 in float64, which comes back in float32.
# shown: mine.dropout(T(4), 0).dtype != torch.float64
# kind: inputs
import torch


def dropout(X, p, training=True):
    if not training:
        return X
    if p in (0, 1):
        return X.float() * (1 - p)
    return (torch.rand(X.shape) >= p) * X / (1 - p)
