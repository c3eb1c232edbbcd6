# "Both arguments must be unchanged on return": `b` becomes a row.
# shown: changed(T(3), T(4))
# kind: sentence
import torch


def pairwise_sum(a, b):
    b.resize_(1, len(b))
    return a.reshape(-1, 1) + b
