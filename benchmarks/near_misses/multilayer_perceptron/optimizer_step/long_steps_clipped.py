# "moves by": a step longer than 1 is cut.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [400.0, 8.0])], 0.25))
# kind: inputs
import numpy as np


def optimizer_step(params, lr):
    for param in params:
        if param.grad is not None:
            param -= np.clip(lr * param.grad, -1, 1)
