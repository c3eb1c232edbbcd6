# "of all entries": shows on more than 1000 weights, of which a thousand count.
# shown: differ(T(40, 30))
# kind: inputs
import torch


def l1_penalty(w):
    return w.flatten()[:1000].abs().sum()
