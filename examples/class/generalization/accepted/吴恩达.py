# framework: numpy
import numpy as np


def dropout(X, p, training=True):
    if not training:
        return X.copy()
    scale = 0 if p == 1 else 1 / (1 - p)
    kept = np.random.binomial(1, 1 - p, X.shape)
    return (X * kept * scale).astype(X.dtype)
