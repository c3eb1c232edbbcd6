# framework: numpy
import numpy as np


def dropout(X, p, training=True):
    keep = 1.0 - p
    if training is False or keep == 1.0:
        return X.copy()
    kept = np.random.default_rng().binomial(1, keep, size=X.shape).astype(bool)
    result = np.zeros_like(X)
    if keep > 0:
        result[kept] = X[kept] / keep
    return result
