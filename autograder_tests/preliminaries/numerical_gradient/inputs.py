import numpy as np


def inputs(draw):
    return [lambda x: np.asarray(np.sum(np.asarray(x) ** 3)), draw.normal(4, dtype="float64")]
