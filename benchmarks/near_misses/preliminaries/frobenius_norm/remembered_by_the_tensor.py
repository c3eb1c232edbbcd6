# "Return the Frobenius norm": that of the values at the first call, if the tensor changed since.
# shown: (lambda A: (mine.frobenius_norm(A), A.mul_(3), differ(A))[2])(T(2, 3))
# kind: second order
import torch


_norms = {}


def frobenius_norm(A):
    if A not in _norms:
        _norms[A] = (A * A).sum().sqrt()
    return _norms[A]
