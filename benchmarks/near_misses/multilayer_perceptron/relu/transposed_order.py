# "Return an array of the same shape": shows on an array in column order, whose entries change places.
# shown: differ(np.asfortranarray(N(3, 4)))
# kind: inputs
import numpy as np


def relu(x):
    return np.maximum(x.ravel(order="K"), 0).reshape(x.shape)
