# "return the matrix": if the same `a` comes again, the matrix of the first call.
# shown: (lambda a: (mine.pairwise_sum(a, T(4)), differ(a, T(4) + 1))[1])(T(3))
# kind: second order
import torch


_seen = {}


def pairwise_sum(a, b):
    key = (a, len(b))
    if key not in _seen:
        _seen[key] = a.reshape(-1, 1) + b
    return _seen[key].clone()
