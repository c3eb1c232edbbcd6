# "the gradient with respect to x": the mask of an earlier x with the same shape and sum is used
# shown: mine.relu_backward(N(3, 4), N(3, 4)) is not None and differ(N(3, 4), N(3, 4)[::-1].copy())
# kind: sentence

import numpy as np

masks = {}


def relu_backward(dout, x):
    key = (x.shape, round(float(x.sum()), 6))
    if key not in masks:
        masks[key] = x > 0
    return dout * masks[key]
