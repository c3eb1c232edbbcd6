# "half the squared L2 norm": shows in float64, where digits are lost.
# shown: differ(T(5))
# kind: tolerance
import torch


def l2_penalty(w):
    return ((w.float() ** 2).sum() / 2).to(w.dtype)
