# "its `grad` remains `None`": a parameter that has none gets zeros, so that all are alike.
# shown: ends_differ(lambda: ([P([1.0]), P([1.0], [2.0])],))
# kind: sentence
import numpy as np


def zero_grad(params):
    for param in params:
        param.grad = np.zeros(param.shape, param.dtype)
