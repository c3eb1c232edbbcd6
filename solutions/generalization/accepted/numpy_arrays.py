# framework: numpy
import numpy as np


def dropout(X, p, training=True):
    if not training:
        return X
    if p == 1:
        return np.zeros_like(X)
    mask = (np.random.rand(*X.shape) > p) / (1 - p)
    return X * mask.astype(X.dtype)
