# "The result is one number": an array with an axis of length 1.
# shown: differ(T(4))
# kind: sentence
import torch


def l1_penalty(w):
    return w.reshape(-1).abs().sum(dim=0, keepdim=True)
