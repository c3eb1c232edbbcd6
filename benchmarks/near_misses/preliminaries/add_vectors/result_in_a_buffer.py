# "Return the sum": the result of one call changes with the next.
# shown: (lambda g: (lambda old: (mine.add_vectors(T(5) + 1, T(5)), not torch.equal(old, g))[1])(g.clone()))(mine.add_vectors(T(5), T(5)))
# kind: second order
import torch


_buffers = {}


def add_vectors(a, b):
    buffer = _buffers.setdefault((a.shape, a.dtype), torch.empty_like(a))
    return torch.add(a, b, out=buffer)
