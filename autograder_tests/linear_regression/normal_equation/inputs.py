import numpy as np


def inputs(draw):
    # the book's data: two features, known weights, a little noise
    X = draw.normal(1000, 2)
    w = np.array([[2.0], [-3.4]], dtype=X.dtype)
    noise = draw.normal(1000, 1)
    y = X @ w + X.dtype.type(4.2) + X.dtype.type(0.01) * noise
    return [X, y]
