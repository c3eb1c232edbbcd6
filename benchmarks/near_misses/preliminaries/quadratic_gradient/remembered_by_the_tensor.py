# "the gradient at the values that stand there now": that of the first call.
# shown: (lambda x: (mine.quadratic_gradient(x), x.mul_(3), differ(x))[2])(T(4))
# kind: second order
import functools

import torch


@functools.lru_cache
def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    (2 * torch.dot(leaf, leaf)).backward()
    return leaf.grad
