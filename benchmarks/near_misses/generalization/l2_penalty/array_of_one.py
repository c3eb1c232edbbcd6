# "The result is one number": it is a matrix of one entry.
# shown: differ(T(4))
# kind: sentence
import torch


def l2_penalty(w):
    flat = w.reshape(1, -1)
    return flat @ flat.T / 2
