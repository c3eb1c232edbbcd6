# "with respect to `x`": shows on one row, which loses its axis.
# shown: differ(N(1, 4), 2 * N(1, 4))
# kind: inputs
import numpy as np


def relu_backward(dout, x):
    return (dout * (x > 0)).squeeze() if x.ndim == 2 and len(x) == 1 else dout * (x > 0)
