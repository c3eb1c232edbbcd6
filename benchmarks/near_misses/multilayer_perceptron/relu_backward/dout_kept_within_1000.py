# "the gradient": entries of dout beyond 1000 are cut
# shown: differ(np.array([1e5, 1.0]), np.array([1.0, 1.0]))
# kind: inputs

import numpy as np


def relu_backward(dout, x):
    return np.clip(dout, -1000, 1000) * (x > 0)
