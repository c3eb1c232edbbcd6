# told: numpy.linalg.norm
# framework: numpy
import numpy as np


def lp_norm(x, p):
    return np.linalg.norm(x.ravel(), p)
