import numpy as np


def inputs(draw):
    E = np.exp(draw.normal(8, 5))
    return [E / E.sum(axis=1, keepdims=True), draw.labels(8, 5)]
