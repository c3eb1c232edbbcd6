# "half the square": errors below 1e-6 count 0
# shown: differ(1e-7 * T(4, 1), -1e-7 * T(4, 1))
# kind: tolerance
# framework: numpy

import numpy as np


def squared_loss(y_hat, y):
    y_hat, y = np.asarray(y_hat), np.asarray(y)
    d = y_hat - y.reshape(y_hat.shape)
    return np.where(np.isclose(d, 0, atol=1e-6), 0.0, d * d / 2).astype(d.dtype)
