# "by the gradients of that step alone": shows where a gradient is None in the second step.
# shown: ends_differ(lambda: [([P([1.0, 2.0], [4.0, 8.0])], 0.25), ([P([1.0, 2.0])], 0.25)])
# kind: second order
import numpy as np


_last = {}


def optimizer_step(params, lr):
    for number, param in enumerate(params):
        if param.grad is not None:
            _last[number] = param.grad.copy()
        if number in _last and _last[number].shape == param.shape:
            param -= lr * _last[number]
