# "|w_j|": shows in float64, where digits are lost.
# shown: differ(T(5))
# kind: tolerance
import torch


def l1_penalty(w):
    return (w.float() ** 2).sqrt().sum().to(w.dtype)
