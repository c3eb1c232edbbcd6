# "Both arguments must be unchanged on return": b is taken off again, rounded.
# shown: changed(T(50), T(50) * 3)
# kind: sentence
import torch


def add_vectors(a, b):
    a += b
    result = a.clone()
    a -= b
    return result
