# "`x` must be unchanged on return": its shape changes where an axis has length 1.
# shown: changed(T(4, 1), 2)
# kind: sentence
import torch


def lp_norm(x, p):
    x.squeeze_()
    return (x.abs() ** p).sum() ** (1 / p)
