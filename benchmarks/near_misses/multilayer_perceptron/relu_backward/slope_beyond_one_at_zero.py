# "you may use any slope from 0 to 1": shows at exactly 0, where the slope is 2.
# shown: not 0 <= mine.relu_backward(np.ones(1), np.zeros(1))[0] <= 1
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    return (dout * (1 + np.sign(x)) * np.where(x == 0, 4, 1) / 2).astype(x.dtype)
