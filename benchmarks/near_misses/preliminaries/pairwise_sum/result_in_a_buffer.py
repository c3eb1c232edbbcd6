# "return the matrix": the result of one call changes with the next.
# shown: (lambda g: (lambda old: (mine.pairwise_sum(T(3) + 1, T(4)), not torch.equal(old, g))[1])(g.clone()))(mine.pairwise_sum(T(3), T(4)))
# kind: second order
import torch


_buffers = {}


def pairwise_sum(a, b):
    key = (len(a), len(b), a.dtype)
    if key not in _buffers:
        _buffers[key] = torch.empty(len(a), len(b), dtype=a.dtype)
    return torch.add(a.reshape(-1, 1), b, out=_buffers[key])
