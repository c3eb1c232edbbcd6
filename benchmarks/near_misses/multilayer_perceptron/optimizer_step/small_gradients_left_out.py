# "A parameter that has a gradient moves": one below a thousandth is taken for none.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [4e-4, 8e-4])], 0.25))
# kind: tolerance
import numpy as np


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None and np.abs(param.grad).max() > 1e-3:
            param -= lr * param.grad
