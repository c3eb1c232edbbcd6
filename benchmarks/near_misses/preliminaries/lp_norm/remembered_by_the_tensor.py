# "Return the L_p norm": that of the values at the first call, if the tensor changed since.
# shown: (lambda x: (mine.lp_norm(x, 2), x.mul_(3), differ(x, 2))[2])(T(5))
# kind: second order
import functools

import torch


@functools.lru_cache
def lp_norm(x, p):
    return (x.abs() ** p).sum() ** (1 / p)
