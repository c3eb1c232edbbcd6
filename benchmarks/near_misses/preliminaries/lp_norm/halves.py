# "`p` is an integer or a float": shows at p = 1.3, which is rounded to a half.
# shown: differ(T(5), 1.3)
# kind: inputs
import torch


def lp_norm(x, p):
    p = round(2 * p) / 2
    return (x.abs() ** p).sum() ** (1 / p)
