# "`x` must be unchanged on return": shows where p is odd and an entry is negative.
# shown: changed(T(5), 3)
# kind: sentence
import torch


def lp_norm(x, p):
    if p % 2 == 1:
        x.abs_()
    return (x.abs() ** p).sum() ** (1 / p)
