# "with respect to `x`": shows when x is changed in place between two calls, the first mask is used again.
# shown: (lambda x: (mine.relu_backward(np.ones(3), x), np.negative(x, out=x), wrong(mine.relu_backward(np.ones(3), x), right.relu_backward(np.ones(3), x)))[2])(np.array([1.0, -1.0, 2.0]))
# kind: sentence
import numpy as np


_masks = {}


def relu_backward(dout, x):
    if id(x) not in _masks:
        _masks[id(x)] = x, x > 0
    return dout * _masks[id(x)][1]
