# "Clear the gradient of every parameter": shows when a parameter of a shape that was cleared before comes again.
# shown: ends_differ(lambda: [([P([1.0, 2.0], [4.0, 8.0])],), ([P([3.0, 2.0], [1.0, 8.0])],)])
# kind: second order
import numpy as np


_done = set()


def zero_grad(params):
    for param in params:
        if param.grad is not None and (param.shape, param.grad.shape) not in _done:
            _done.add((param.shape, param.grad.shape))
            param.grad[...] = 0
