# "of any shape with one axis or more": kernels with four axes are passed over.
# shown: ends_differ(lambda: ([P(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)))],))
# kind: inputs
import numpy as np


def zero_grad(params):
    for param in params:
        if param.grad is not None and param.ndim <= 2:
            param.grad[:] = 0
