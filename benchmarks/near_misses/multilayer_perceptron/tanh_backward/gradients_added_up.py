# "the gradient of its loss": shows in a second call, to which the first is added.
# shown: (mine.tanh_backward(np.ones(2), N(2)), differ(np.ones(2), N(2)))[1]
# kind: sentence
import numpy as np

total = {}


def tanh_backward(dout, x):
    total[x.shape] = total.get(x.shape, 0) + dout * (1 - np.tanh(x) ** 2)
    return total[x.shape].astype(x.dtype)
