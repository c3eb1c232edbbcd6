# "a tensor of any shape": shows on three axes, of which the last is not summed.
# shown: differ(T(2, 3, 4))
# kind: inputs
import torch


def l2_penalty(w):
    w = w.reshape(1, -1) if w.dim() < 2 else w
    return (w**2).sum(dim=(0, 1)) / 2
