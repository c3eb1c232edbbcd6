# "Return the L_p norm": the result of one call changes with the next.
# shown: (lambda a: float(a) != (mine.lp_norm(T(4), 2), float(a))[1])(mine.lp_norm(T(9), 2))
# kind: second order
import torch


_buffers = {}


def lp_norm(x, p):
    buffer = _buffers.setdefault(x.dtype, torch.zeros((), dtype=x.dtype))
    return buffer.copy_((x.abs() ** p).sum() ** (1 / p))
