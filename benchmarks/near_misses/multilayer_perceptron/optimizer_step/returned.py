# "The parameters are changed in place": the new values are only returned.
# shown: ends_differ(lambda: ([P([1.0, 2.0], [4.0, 8.0])], 0.25))
# kind: sentence
import numpy as np


def optimizer_step(params, lr):
    return [p if p.grad is None else p - lr * p.grad for p in params]
