# "Clear the gradient": negative entries remain.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [4.0, -8.0])],))
# kind: inputs
import numpy as np


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param.grad -= np.maximum(param.grad, 0)
