# "moves by": a weight decay of 1e-4 beside the gradient.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [4.0, 8.0])], 0.25))
# kind: tolerance
import numpy as np


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None:
            param -= lr * (param.grad + 1e-4 * param)
