# "all zeros": entries below a hundredth are taken for zeros.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [4.0, 1e-3])],))
# kind: tolerance
import numpy as np


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param.grad[np.abs(param.grad) > 1e-2] = 0
