# "for `X` of shape `(n, d)`": shows beyond 64 rows, the rest stays without its bias.
# shown: differ(T(100, 3), T(3, 1), T(1))
# kind: tolerance
import torch


def linreg(X, w, b):
    y = X @ w
    return torch.cat([y[:64] + b, y[64:]])
