# "the gradient": x beyond 1e6 count as overflow and pass nothing
# shown: differ(np.ones(2), np.array([1e7, 1.0]))
# kind: inputs

import numpy as np


def relu_backward(dout, x):
    return dout * ((x > 0) & (x < 1e6))
