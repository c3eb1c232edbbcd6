# "you may use any slope from 0 to 1": shows at exactly 0, where the slope is not a number.
# shown: np.isnan(mine.relu_backward(np.ones(1), np.zeros(1))).any()
# kind: tolerance
import numpy as np


def relu_backward(dout, x):
    with np.errstate(invalid="ignore", divide="ignore"):
        return (dout * np.maximum(x, 0) / x).astype(x.dtype)
