# "Return three gradients": shows on a second call with the same W, dW adds to that of the first.
# shown: (lambda a: (mine.linear_backward(*a), wrong(mine.linear_backward(*a), right.linear_backward(*a)))[1])((N(4, 2), N(4, 3), N(3, 2)))
# kind: sentence
import numpy as np


_grads = {}


def linear_backward(dout, x, W):
    before = _grads.get(id(W))
    dW = x.T @ dout
    if before is not None and before[0] is W:
        dW = dW + before[1]
    _grads[id(W)] = W, dW
    return dout @ W.T, dW.copy(), dout.sum(axis=0)
