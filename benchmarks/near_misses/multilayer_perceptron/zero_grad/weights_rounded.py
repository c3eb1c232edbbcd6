# "The values of the parameters must be unchanged": shows where they have more digits than float16.
# shown: ends_differ(lambda: ([P([0.1], [2.0])],))
# kind: sentence
import numpy as np


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param[:] = param.astype("float16")
            param.grad.fill(0)
