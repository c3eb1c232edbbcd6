# "Both arguments must be unchanged on return": `a` becomes a column.
# shown: changed(T(3), T(4))
# kind: sentence
import torch


def pairwise_sum(a, b):
    return a.unsqueeze_(1) + b
