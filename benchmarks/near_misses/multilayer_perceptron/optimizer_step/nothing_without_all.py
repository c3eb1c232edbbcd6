# "A parameter without a gradient is left alone": the others are, too, where one has none.
# shown: ends_differ(lambda: ([P([1.0], [2.0]), P([1.0])], 0.25))
# kind: sentence
import numpy as np


def optimizer_step(params, lr):
    if all(param.grad is not None for param in params):
        for param in params:
            param -= lr * param.grad
